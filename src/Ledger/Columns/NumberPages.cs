using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace WhoSaw.Ledger;

/// <summary>The pages of a column of whole numbers. Reused; one thread.</summary>
internal sealed class NumberPages(ChunkPages pages)
{
    private readonly PageBuffer _page = new();
    private long[] _dictionary = [];
    private int[] _numbers = [];
    private int _known;

    /// <summary>Reads all rows of a chunk that <see cref="ChunkPages"/> has open into a vector of that size.</summary>
    public void Read(ColumnChunk chunk, int rows, NumberVector into)
    {
        if (chunk.Type is not (ColumnType.Int32 or ColumnType.Int64))
            throw new NotSupportedException("a column holds no whole numbers");
        var isNarrow = chunk.Type == ColumnType.Int32;
        _known = 0;
        for (var row = 0; row < rows;)
        {
            _page.Clear();
            var page = pages.Read(_page);
            if (page.Kind == PageKind.Dictionary)
            {
                ReadDictionary(page, isNarrow);
                continue;
            }
            if (page.Values > rows - row)
                throw Corrupt();
            var values = page.ReadLevels(_page.Bytes, into.Present.AsSpan(row));
            ReadValues(page, into.Values.AsSpan(row, values), isNarrow);
            if (values < page.Values)
                into.Spread(row, page.Values, values);
            else
                into.Fill(row, page.Values);
            row += page.Values;
        }
    }

    private void ReadDictionary(in Page page, bool isNarrow)
    {
        if (!page.IsPlainDictionary)
            throw new NotSupportedException("a dictionary is stored in a way of its own");
        // not more than the bytes say, whatever the header says
        if (page.Values > page.End - page.Start)
            throw Corrupt();
        if (_dictionary.Length < page.Values)
            _dictionary = new long[page.Values];
        ReadPlain(_page.Bytes.AsSpan(page.Start..page.End), _dictionary.AsSpan(0, page.Values), isNarrow);
        _known = page.Values;
    }

    private void ReadValues(in Page page, Span<long> into, bool isNarrow)
    {
        var bytes = _page.Bytes.AsSpan(page.Start..page.End);
        if (into.IsEmpty)
            return;
        if (page.HasDictionaryNumbers)
            LookUp(bytes, into);
        else if (page.Encoding == PageEncoding.Delta)
            DeltaNumbers.Read(bytes, into, isNarrow);
        else if (page.Encoding == PageEncoding.Plain)
            ReadPlain(bytes, into, isNarrow);
        else
            throw new NotSupportedException("numbers are stored in a way of their own");
    }

    private void LookUp(ReadOnlySpan<byte> bytes, Span<long> into)
    {
        if (_numbers.Length < into.Length)
            _numbers = new int[into.Length];
        var numbers = _numbers.AsSpan(0, into.Length);
        BitRuns.Read(bytes[1..], DictionaryWidth(bytes), numbers);
        var dictionary = _dictionary.AsSpan(0, _known);
        for (var i = 0; i < into.Length; i++)
            into[i] = (uint)numbers[i] < (uint)dictionary.Length ? dictionary[numbers[i]] : throw Corrupt();
    }

    /// <summary>The first byte of a page of dictionary numbers: their bits.</summary>
    public static int DictionaryWidth(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 0 && bytes[0] <= 32 ? bytes[0] : throw Corrupt();

    private static void ReadPlain(ReadOnlySpan<byte> bytes, Span<long> into, bool isNarrow)
    {
        if ((long)into.Length * (isNarrow ? 4 : 8) > bytes.Length)
            throw Corrupt();
        if (isNarrow)
            for (var i = 0; i < into.Length; i++)
                into[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        else if (BitConverter.IsLittleEndian)
            bytes[..(8 * into.Length)].CopyTo(MemoryMarshal.AsBytes(into));
        else
            for (var i = 0; i < into.Length; i++)
                into[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]);
    }

    private static InvalidDataException Corrupt() => new("a page of numbers of a segment is not what it says");
}
