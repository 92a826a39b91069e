using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace WhoSaw.Ledger;

/// <summary>
/// A column of texts in one row group: each row has the number of its text, or 0 for none. Two numbers may be the same
/// text, for what lies in no dictionary gets a number for each row. Reused for the next row group.
/// </summary>
public sealed class TextVector
{
    /// <summary>Numbers that a byte can tell apart, 0 counted.</summary>
    private const int MostNarrow = 256;

    private readonly PageBuffer _bytes = new();
    private readonly List<(int Start, int Length)> _texts = [(0, 0)];
    private byte[] _narrow = [];
    private int[] _wide = [];
    private int _rows;
    private bool _isWide;

    /// <summary>How many numbers there are, 0 counted.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of each row as a byte; empty where there are too many.</summary>
    public ReadOnlySpan<byte> Narrow => _isWide ? [] : _narrow.AsSpan(0, _rows);

    /// <summary>The number of the row's text.</summary>
    public int this[int row] => _isWide ? _wide[row] : _narrow[row];

    /// <summary>In UTF-8. Until the next row group is read.</summary>
    public ReadOnlySpan<byte> Bytes(int number) =>
        _bytes.Bytes.AsSpan(_texts[number].Start, _texts[number].Length);

    /// <summary>Null for the number 0.</summary>
    public string? Text(int number) => number == 0 ? null : Encoding.UTF8.GetString(Bytes(number));

    /// <summary>What <paramref name="byNumber"/> says of each row's number.</summary>
    public void Look(ReadOnlySpan<byte> byNumber, Span<byte> into)
    {
        byNumber = byNumber[..Count];
        if (_isWide)
        {
            var wide = _wide.AsSpan(0, into.Length);
            for (var row = 0; row < wide.Length; row++)
                into[row] = byNumber[wide[row]];
            return;
        }
        Span<byte> table = stackalloc byte[MostNarrow];
        table.Clear();
        byNumber.CopyTo(table);
        var narrow = _narrow.AsSpan(0, into.Length);
        var done = 0;
        if (Count <= Vector128<byte>.Count)
        {
            var few = Vector128.Create<byte>(table[..Vector128<byte>.Count]);
            for (; done <= narrow.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
                Vector128.Shuffle(few, Vector128.Create<byte>(narrow[done..])).CopyTo(into[done..]);
        }
        for (; done < narrow.Length; done++)
            into[done] = table[narrow[done]];
    }

    /// <summary>Makes room for so many rows. There are no texts then.</summary>
    public void Clear(int rows)
    {
        (_rows, _isWide) = (rows, false);
        _bytes.Clear();
        CollectionsMarshal.SetCount(_texts, 1);
        if (_narrow.Length < rows)
            _narrow = new byte[rows];
    }

    /// <summary>The number of a text that is not looked for among those that there are.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.Take(text.Length));
        return Add(_bytes.Used - text.Length, text.Length);
    }

    /// <summary>Says the number of one row.</summary>
    public void Set(int row, int number)
    {
        if (Count > MostNarrow)
            Widen(_rows);
        if (_isWide)
            _wide[row] = number;
        else
            _narrow[row] = (byte)number;
    }

    /// <summary>Where the pages of the column go.</summary>
    internal PageBuffer Buffer => _bytes;

    internal int Add(int start, int length)
    {
        _texts.Add((start, length));
        return _texts.Count - 1;
    }

    /// <summary>
    /// Takes numbers of a dictionary, from 0 on, for the rows from <paramref name="start"/> on. Throws
    /// <see cref="InvalidDataException"/> for one that the dictionary does not have.
    /// </summary>
    /// <param name="present">1 for the rows that have one; empty: all have.</param>
    internal void SetDictionary(
        int start, int rows, int values, ReadOnlySpan<byte> numbers, int width, int texts, ReadOnlySpan<byte> present)
    {
        if (Count > MostNarrow || width > 8)
            Widen(start);
        if (_isWide)
        {
            var wide = _wide.AsSpan(start, rows);
            BitRuns.Read(numbers, width, wide[..values]);
            foreach (ref var number in wide[..values])
                number = (uint)number < (uint)texts ? number + 1 : throw Corrupt();
            Spread(wide, values, present);
            return;
        }
        var narrow = _narrow.AsSpan(start, rows);
        BitRuns.Read(numbers, width, narrow[..values]);
        if (values > 0 && Increment(narrow[..values]) >= texts)
            throw Corrupt();
        Spread(narrow, values, present);
    }

    /// <summary>Takes numbers that follow one another, one for each row that has a text.</summary>
    internal void SetEach(int start, int rows, int first, ReadOnlySpan<byte> present)
    {
        Widen(start);
        for (var row = 0; row < rows; row++)
            _wide[start + row] = present.IsEmpty || present[row] != 0 ? first++ : 0;
    }

    /// <summary>Adds one to each; the largest as it was.</summary>
    private static int Increment(Span<byte> numbers)
    {
        var most = Vector<byte>.Zero;
        var words = MemoryMarshal.Cast<byte, Vector<byte>>(numbers);
        foreach (ref var word in words)
        {
            most = Vector.Max(most, word);
            word += Vector<byte>.One;
        }
        var largest = 0;
        for (var i = 0; i < Vector<byte>.Count; i++)
            largest = Math.Max(largest, most[i]);
        foreach (ref var number in numbers[(words.Length * Vector<byte>.Count)..])
            largest = Math.Max(largest, number++);
        return largest;
    }

    private static void Spread<T>(Span<T> numbers, int values, ReadOnlySpan<byte> present)
        where T : unmanaged
    {
        if (values == numbers.Length)
            return;
        for (var row = numbers.Length - 1; row >= 0; row--)
            numbers[row] = present[row] != 0 ? numbers[--values] : default;
    }

    /// <param name="known">Rows that have their numbers.</param>
    private void Widen(int known)
    {
        if (_isWide)
            return;
        _isWide = true;
        if (_wide.Length < _rows)
            _wide = new int[_rows];
        for (var row = 0; row < known; row++)
            _wide[row] = _narrow[row];
    }

    private static InvalidDataException Corrupt() => new("a page of a segment asks for a text that is nowhere");
}
