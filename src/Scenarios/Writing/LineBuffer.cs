using System.Buffers.Text;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>
/// Text of lines on its way to a file, as bytes; blocks of one size go on, so a file's bytes do not depend on chance.
/// </summary>
internal sealed class LineBuffer(Stream output) : IDisposable
{
    private const int Block = 1 << 16;
    private const int LongestLine = 1 << 13;
    private static readonly byte[] Hex = "0123456789abcdef"u8.ToArray();
    private static readonly byte[][] Octets =
        [.. Enumerable.Range(0, 256).Select(i => System.Text.Encoding.ASCII.GetBytes($"{i}"))];

    private readonly byte[] _bytes = new byte[Block + LongestLine];
    private readonly byte[] _date = "2000-01-01T"u8.ToArray();
    private int _count;
    private long _written;
    private int _dateDay = int.MinValue;

    public long Lines { get; private set; }

    /// <summary>Bytes of text so far.</summary>
    public long Length => _written + _count;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_count));
        _count += text.Length;
    }

    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_count), out var written);
        _count += written;
    }

    public void AddHex(ulong number, int digits)
    {
        for (var shift = digits * 4 - 4; shift >= 0; shift -= 4)
            _bytes[_count++] = Hex[(int)(number >> shift) & 15];
    }

    public void AddAddress(uint address)
    {
        if (Networks.IsSix(address))
        {
            AddSix(address);
            return;
        }
        Add(Octets[address >> 24]);
        _bytes[_count++] = (byte)'.';
        Add(Octets[address >> 16 & 255]);
        _bytes[_count++] = (byte)'.';
        Add(Octets[address >> 8 & 255]);
        _bytes[_count++] = (byte)'.';
        Add(Octets[address & 255]);
    }

    // The same text as Networks.Text, without a string.
    private void AddSix(uint address)
    {
        Add("2001:db8:"u8);
        AddShortHex(address & 0xFFFF);
        _bytes[_count++] = (byte)':';
        AddShortHex(address >> 16 & 255);
        Add("::1"u8);
    }

    private void AddShortHex(uint number)
    {
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_count), out var written, new System.Buffers.StandardFormat('x'));
        _count += written;
    }

    /// <summary>A time with milliseconds and its zone.</summary>
    public void AddTime(Clock clock, long at)
    {
        var day = Clock.DayOf(at);
        if (day != _dateDay)
        {
            var date = clock.DateOf(day);
            Put(_date, 0, date.Year, 4);
            Put(_date, 5, date.Month, 2);
            Put(_date, 8, date.Day, 2);
            _dateDay = day;
        }
        var rest = (int)(at - day * Clock.Day);
        Add(_date);
        Put(_bytes, _count, rest / 3_600_000, 2);
        _bytes[_count + 2] = (byte)':';
        Put(_bytes, _count + 3, rest / 60_000 % 60, 2);
        _bytes[_count + 5] = (byte)':';
        Put(_bytes, _count + 6, rest / 1000 % 60, 2);
        _bytes[_count + 8] = (byte)'.';
        Put(_bytes, _count + 9, rest % 1000, 3);
        _count += 12;
        Add("+09:00"u8);
    }

    public void EndLine()
    {
        _bytes[_count++] = (byte)'\n';
        Lines++;
        if (_count < Block)
            return;
        output.Write(_bytes, 0, Block);
        _bytes.AsSpan(Block, _count - Block).CopyTo(_bytes);
        _count -= Block;
        _written += Block;
    }

    public void Dispose()
    {
        output.Write(_bytes, 0, _count);
        output.Dispose();
    }

    private static void Put(byte[] bytes, int at, int number, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, number /= 10)
            bytes[at + i] = (byte)('0' + number % 10);
    }
}
