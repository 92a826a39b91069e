namespace WhoSaw.Ledger;

/// <summary>
/// Thrift's compact protocol, as far as Parquet's footer and page headers need it: fields of structures, one after
/// another. Throws <see cref="InvalidDataException"/> where the bytes end too early or say what cannot be.
/// </summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes were read.</summary>
    public int At { get; private set; }

    /// <summary>The next field of a structure; false at its end. <paramref name="id"/> is 0 before the first.</summary>
    public bool Next(ref int id, out CompactType type)
    {
        var head = Byte();
        type = (CompactType)(head & 15);
        if (type == CompactType.Stop)
            return false;
        var step = head >> 4;
        id = step != 0 ? id + step : (int)Number(short.MinValue, short.MaxValue);
        return true;
    }

    /// <summary>A whole number of 16, 32 or 64 bits.</summary>
    public long Number(CompactType type)
    {
        if (type is not (CompactType.I16 or CompactType.I32 or CompactType.I64))
            throw Corrupt();
        return ZigZag();
    }

    /// <summary>A number that counts something, or a place in a file.</summary>
    public long Count(CompactType type)
    {
        var number = Number(type);
        return number >= 0 ? number : throw Corrupt();
    }

    /// <summary>A count or a code that is an int.</summary>
    public int Small(CompactType type)
    {
        var number = Number(type);
        return number is >= 0 and <= int.MaxValue ? (int)number : throw Corrupt();
    }

    public static bool Flag(CompactType type) =>
        type is CompactType.True or CompactType.False ? type == CompactType.True : throw Corrupt();

    public ReadOnlySpan<byte> Binary(CompactType type)
    {
        if (type != CompactType.Binary)
            throw Corrupt();
        var length = Varint();
        if (length > (ulong)(_bytes.Length - At))
            throw Corrupt();
        var value = _bytes.Slice(At, (int)length);
        At += (int)length;
        return value;
    }

    /// <summary>The elements of a list that follow; each takes a byte at least.</summary>
    public int List(CompactType type, out CompactType elements)
    {
        if (type is not (CompactType.List or CompactType.Set))
            throw Corrupt();
        var head = Byte();
        elements = (CompactType)(head & 15);
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        return count <= (ulong)(_bytes.Length - At) ? (int)count : throw Corrupt();
    }

    public static void Structure(CompactType type)
    {
        if (type != CompactType.Struct)
            throw Corrupt();
    }

    public void Skip(CompactType type) => Skip(type, 0, inList: false);

    public static InvalidDataException Corrupt() => new("what should describe the columns of a segment is damaged");

    private void Skip(CompactType type, int depth, bool inList)
    {
        if (depth > Deepest)
            throw Corrupt();
        switch (type)
        {
            case CompactType.True or CompactType.False when !inList:
                break;
            case CompactType.True or CompactType.False or CompactType.Byte:
                Byte();
                break;
            case CompactType.I16 or CompactType.I32 or CompactType.I64:
                Varint();
                break;
            case CompactType.Double:
                for (var i = 0; i < 8; i++)
                    Byte();
                break;
            case CompactType.Binary:
                Binary(type);
                break;
            case CompactType.List or CompactType.Set:
                var count = List(type, out var elements);
                for (var i = 0; i < count; i++)
                    Skip(elements, depth + 1, inList: true);
                break;
            case CompactType.Struct:
                for (var id = 0; Next(ref id, out var field);)
                    Skip(field, depth + 1, inList: false);
                break;
            default:
                throw Corrupt();
        }
    }

    private long Number(long least, long most)
    {
        var number = ZigZag();
        return number >= least && number <= most ? number : throw Corrupt();
    }

    private byte Byte() => At < _bytes.Length ? _bytes[At++] : throw Corrupt();

    private ulong Varint()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            number |= (ulong)(part & 127) << shift;
            if (part < 128)
                return number;
        }
        throw Corrupt();
    }

    private long ZigZag()
    {
        var number = Varint();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }
}

/// <summary>The types of the compact protocol. A map occurs nowhere in Parquet.</summary>
internal enum CompactType : byte
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    I16 = 4,
    I32 = 5,
    I64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Struct = 12,
}
