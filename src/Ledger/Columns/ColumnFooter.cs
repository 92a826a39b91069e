using System.Buffers.Binary;
using System.Text;

namespace WhoSaw.Ledger;

/// <summary>
/// Where the columns of a Parquet file lie: what its footer says, of a flat table. Throws
/// <see cref="InvalidDataException"/> where it is damaged.
/// </summary>
internal sealed class ColumnFooter
{
    private readonly List<(string Name, bool IsOptional)> _columns = [];
    private bool _isFlat = true;
    private bool _isOrdered;

    private ColumnFooter()
    {
    }

    public IReadOnlyList<ColumnGroup> Groups { get; private set; } = [];

    /// <summary>Places of the columns by name.</summary>
    public Dictionary<string, int> Columns { get; } = new(StringComparer.Ordinal);

    public bool IsOptional(int column) => _columns[column].IsOptional;

    /// <summary>Null for a table that is not flat: its columns are more than values and nulls.</summary>
    public static ColumnFooter? Read(ReadOnlySpan<byte> bytes)
    {
        var footer = new ColumnFooter();
        var reader = new CompactReader(bytes);
        for (var id = 0; reader.Next(ref id, out var type);)
            switch (id)
            {
                case 2:
                    footer.ReadSchema(ref reader, type);
                    break;
                case 4:
                    footer.Groups = ReadGroups(ref reader, type);
                    break;
                case 7:
                    footer._isOrdered = true;
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        return footer.Settle() ? footer : null;
    }

    private bool Settle()
    {
        if (!_isFlat)
            return false;
        for (var column = 0; column < _columns.Count; column++)
            if (!Columns.TryAdd(_columns[column].Name, column))
                return false;
        foreach (var group in Groups)
        {
            if (group.Chunks.Count != _columns.Count)
                throw CompactReader.Corrupt();
            // without an order the smallest and largest values mean nothing
            foreach (var chunk in group.Chunks)
                if (!_isOrdered)
                    chunk.Range = null;
        }
        return true;
    }

    private void ReadSchema(ref CompactReader reader, CompactType type)
    {
        var count = reader.List(type, out var elements);
        for (var i = 0; i < count; i++)
        {
            CompactReader.Structure(elements);
            var (name, repetition, children) = ("", 0, 0);
            for (var id = 0; reader.Next(ref id, out var field);)
                switch (id)
                {
                    case 3:
                        repetition = reader.Small(field);
                        break;
                    case 4:
                        name = Encoding.UTF8.GetString(reader.Binary(field));
                        break;
                    case 5:
                        children = reader.Small(field);
                        break;
                    default:
                        reader.Skip(field);
                        break;
                }
            if (i == 0)
                _isFlat &= children == count - 1;
            else
                _columns.Add((name, repetition == 1));
            _isFlat &= i == 0 || (children == 0 && repetition < 2);
        }
    }

    private static List<ColumnGroup> ReadGroups(ref CompactReader reader, CompactType type)
    {
        var count = reader.List(type, out var elements);
        var groups = new List<ColumnGroup>();
        for (var i = 0; i < count; i++)
        {
            CompactReader.Structure(elements);
            var group = new ColumnGroup();
            for (var id = 0; reader.Next(ref id, out var field);)
                switch (id)
                {
                    case 1:
                        ReadChunks(ref reader, field, group.Chunks);
                        break;
                    case 3:
                        group.Rows = reader.Small(field);
                        break;
                    default:
                        reader.Skip(field);
                        break;
                }
            groups.Add(group);
        }
        return groups;
    }

    private static void ReadChunks(ref CompactReader reader, CompactType type, List<ColumnChunk> into)
    {
        var count = reader.List(type, out var elements);
        for (var i = 0; i < count; i++)
        {
            CompactReader.Structure(elements);
            var chunk = new ColumnChunk();
            for (var id = 0; reader.Next(ref id, out var field);)
            {
                if (id == 3)
                    ReadChunk(ref reader, field, chunk);
                else
                    reader.Skip(field);
                // its bytes lie in another file, or are enciphered
                chunk.IsElsewhere |= id is 1 or 8 or 9;
            }
            into.Add(chunk);
        }
    }

    private static void ReadChunk(ref CompactReader reader, CompactType type, ColumnChunk chunk)
    {
        CompactReader.Structure(type);
        for (var id = 0; reader.Next(ref id, out var field);)
            switch (id)
            {
                case 1:
                    chunk.Type = (ColumnType)reader.Small(field);
                    break;
                case 4:
                    chunk.Codec = (ColumnCodec)reader.Small(field);
                    break;
                case 5:
                    chunk.Values = reader.Count(field);
                    break;
                case 7:
                    chunk.Length = reader.Count(field);
                    break;
                case 9:
                    chunk.DataAt = reader.Count(field);
                    break;
                case 11:
                    chunk.DictionaryAt = reader.Count(field);
                    break;
                case 12:
                    chunk.Range = ReadRange(ref reader, field);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
    }

    private static (long Least, long Most)? ReadRange(ref CompactReader reader, CompactType type)
    {
        CompactReader.Structure(type);
        var (least, most) = ((long?)null, (long?)null);
        for (var id = 0; reader.Next(ref id, out var field);)
            if (id == 5)
                most = Value(reader.Binary(field));
            else if (id == 6)
                least = Value(reader.Binary(field));
            else
                reader.Skip(field);
        return least is { } low && most is { } high ? (low, high) : null;
    }

    private static long? Value(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => null,
    };
}
