namespace WhoSaw.Ledger;

/// <summary>The header of a page. What is not known has a kind or an encoding that nobody asks for.</summary>
internal struct PageHeader
{
    public PageKind Kind;

    /// <summary>Bytes of the page, as they lie in the file and decompressed.</summary>
    public int Stored;
    public int Plain;

    /// <summary>Nulls are counted.</summary>
    public int Values;
    public PageEncoding Encoding;
    public PageEncoding Levels;

    /// <summary>Of the second version: bytes of levels before the values, never compressed.</summary>
    public int RepetitionBytes;
    public int DefinitionBytes;
    public bool IsCompressed;

    public readonly long LevelBytes => (long)RepetitionBytes + DefinitionBytes;

    /// <param name="length">How many bytes it takes.</param>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var header = new PageHeader { Kind = (PageKind)(-1), Levels = PageEncoding.Rle, IsCompressed = true };
        var reader = new CompactReader(bytes);
        for (var id = 0; reader.Next(ref id, out var type);)
            switch (id)
            {
                case 1:
                    header.Kind = (PageKind)reader.Small(type);
                    break;
                case 2:
                    header.Plain = reader.Small(type);
                    break;
                case 3:
                    header.Stored = reader.Small(type);
                    break;
                case 5 or 7 or 8:
                    header.ReadOf(ref reader, type, isSecond: id == 8);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        length = reader.At;
        return header;
    }

    // A dictionary's header has its values and its encoding where a first version's has them.
    private void ReadOf(ref CompactReader reader, CompactType type, bool isSecond)
    {
        CompactReader.Structure(type);
        for (var id = 0; reader.Next(ref id, out var field);)
            switch (isSecond, id)
            {
                case (_, 1):
                    Values = reader.Small(field);
                    break;
                case (false, 2) or (true, 4):
                    Encoding = (PageEncoding)reader.Small(field);
                    break;
                case (false, 3) when field is CompactType.I32:
                    Levels = (PageEncoding)reader.Small(field);
                    break;
                case (true, 5):
                    DefinitionBytes = reader.Small(field);
                    break;
                case (true, 6):
                    RepetitionBytes = reader.Small(field);
                    break;
                case (true, 7):
                    IsCompressed = CompactReader.Flag(field);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
    }
}

internal enum PageKind
{
    Data = 0,
    Dictionary = 2,
    SecondData = 3,
}

internal enum PageEncoding
{
    Plain = 0,

    /// <summary>
    /// An older name of <see cref="Dictionary"/>, and of <see cref="Plain"/> for a dictionary's own page.
    /// </summary>
    PlainDictionary = 2,
    Rle = 3,
    Delta = 5,
    DeltaLength = 6,
    Dictionary = 8,
}
