using System.Buffers.Binary;

namespace WhoSaw.Ledger;

/// <summary>The pages of a column of texts. Reused; one thread.</summary>
internal sealed class TextPages(ChunkPages pages)
{
    private byte[] _present = [];
    private long[] _lengths = [];
    private int _known;

    /// <summary>Reads all rows of a chunk that <see cref="ChunkPages"/> has open into a vector of that size.</summary>
    public void Read(ColumnChunk chunk, int rows, TextVector into)
    {
        if (chunk.Type != ColumnType.Bytes)
            throw new NotSupportedException("a column holds no texts");
        _known = 0;
        if (_present.Length < rows)
            _present = new byte[rows];
        for (var row = 0; row < rows;)
        {
            var page = pages.Read(into.Buffer);
            if (page.Kind == PageKind.Dictionary)
            {
                ReadDictionary(page, into);
                continue;
            }
            if (page.Values > rows - row)
                throw Corrupt();
            var values = page.ReadLevels(into.Buffer.Bytes, _present);
            ReadValues(page, row, values, into);
            row += page.Values;
        }
    }

    private void ReadDictionary(in Page page, TextVector into)
    {
        if (!page.IsPlainDictionary)
            throw new NotSupportedException("a dictionary is stored in a way of its own");
        // its numbers begin at 0, so nothing may come before it
        if (into.Count > 1)
            throw Corrupt();
        AddPlain(page, page.Values, into);
        _known = page.Values;
    }

    private void ReadValues(in Page page, int row, int values, TextVector into)
    {
        var present = values < page.Values ? _present.AsSpan(0, page.Values) : [];
        var first = into.Count;
        if (page.HasDictionaryNumbers || values == 0)
        {
            var bytes = into.Buffer.Bytes.AsSpan(page.Start..page.End);
            var width = values > 0 ? NumberPages.DictionaryWidth(bytes) : 0;
            into.SetDictionary(
                row, page.Values, values, values > 0 ? bytes[1..] : [], width, _known, present);
            return;
        }
        if (page.Encoding == PageEncoding.Plain)
            AddPlain(page, values, into);
        else if (page.Encoding == PageEncoding.DeltaLength)
            AddCounted(page, values, into);
        else
            throw new NotSupportedException("texts are stored in a way of their own");
        into.SetEach(row, page.Values, first, present);
    }

    private static void AddPlain(in Page page, int count, TextVector into)
    {
        var bytes = into.Buffer.Bytes;
        var at = page.Start;
        for (var i = 0; i < count; i++)
        {
            if (page.End - at < 4)
                throw Corrupt();
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            at += 4;
            if (length < 0 || length > page.End - at)
                throw Corrupt();
            into.Add(at, length);
            at += length;
        }
    }

    // All lengths, and then all texts.
    private void AddCounted(in Page page, int count, TextVector into)
    {
        if (count == 0)
            return;
        if (_lengths.Length < count)
            _lengths = new long[count];
        var lengths = _lengths.AsSpan(0, count);
        var at = page.Start
            + DeltaNumbers.Read(into.Buffer.Bytes.AsSpan(page.Start..page.End), lengths, isNarrow: true);
        foreach (var length in lengths)
        {
            if (length < 0 || length > page.End - at)
                throw Corrupt();
            into.Add(at, (int)length);
            at += (int)length;
        }
    }

    private static InvalidDataException Corrupt() => new("a page of texts of a segment is not what it says");
}
