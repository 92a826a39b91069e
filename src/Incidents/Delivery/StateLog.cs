using System.Buffers.Binary;
using System.IO.Hashing;

namespace WhoSaw.Incidents.Delivery;

/// <summary>
/// What became of each recipient: appended records of 16 bytes, of which the last for a recipient and a channel counts.
/// A byte a recipient and channel in memory.
/// <code>
/// 0  recipient  u32 LE      6  reply code  u16 LE      12  CRC-32 of bytes 0 to 11, u32 LE
/// 4  channel    u8          8  seconds since 2020, u32 LE
/// 5  state      u8
/// </code>
/// </summary>
internal sealed class StateLog : IDisposable
{
    private const int RecordSize = 16;
    private const long Epoch = 1_577_836_800;
    private const int Channels = 2;
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly byte[] _states;

    /// <summary>Reads what is there; a torn record at the end is cut off, a broken one elsewhere is refused.</summary>
    public StateLog(string path, int recipients)
    {
        _states = new byte[checked(recipients * Channels)];
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        var whole = _file.Length / RecordSize;
        Span<byte> record = stackalloc byte[RecordSize];
        for (long i = 0; i < whole; i++)
        {
            _file.ReadExactly(record);
            if (Crc32.HashToUInt32(record[..12]) != BinaryPrimitives.ReadUInt32LittleEndian(record[12..]))
            {
                if (i == whole - 1)
                {
                    whole = i;
                    break;
                }
                _file.Dispose();
                throw new InvalidDataException($"record {i} of {path} is damaged: restore it before anything is sent");
            }
            var index = BinaryPrimitives.ReadUInt32LittleEndian(record);
            if (index < recipients && record[4] < Channels)
                _states[index * Channels + record[4]] = record[5];
        }
        _file.SetLength(whole * RecordSize);
        _file.Seek(0, SeekOrigin.End);
    }

    public RecipientState this[int recipient, DeliveryChannel channel] =>
        (RecipientState)Volatile.Read(ref _states[recipient * Channels + (int)channel]);

    /// <summary>
    /// Handed to the system, so it survives the death of the process; <see cref="Sync"/> makes it last.
    /// </summary>
    public void Append(int recipient, DeliveryChannel channel, RecipientState state, int code, DateTimeOffset now)
    {
        Span<byte> record = stackalloc byte[RecordSize];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)recipient);
        record[4] = (byte)channel;
        record[5] = (byte)state;
        BinaryPrimitives.WriteUInt16LittleEndian(record[6..], (ushort)code);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)(now.ToUnixTimeSeconds() - Epoch));
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], Crc32.HashToUInt32(record[..12]));
        lock (_lock)
        {
            _file.Write(record);
            _file.Flush();
            Volatile.Write(ref _states[recipient * Channels + (int)channel], (byte)state);
        }
    }

    /// <summary>Returns when everything appended before is on disk.</summary>
    public void Sync()
    {
        lock (_lock)
            _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}
