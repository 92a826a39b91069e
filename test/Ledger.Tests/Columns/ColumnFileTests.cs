using CsCheck;
using ParquetSharp;
using WhoSaw.Records;
using Xunit;
using Encoding = ParquetSharp.Encoding;

namespace WhoSaw.Ledger.Tests;

public sealed class ColumnFileTests
{
    private static readonly int Files =
        int.TryParse(Environment.GetEnvironmentVariable("WHOSAW_COLUMN_FILES"), out var files) ? files : 300;

    private static readonly Gen<ColumnForm> NumberForm =
        RandomColumn.Form(Encoding.Plain, Encoding.DeltaBinaryPacked, Encoding.ByteStreamSplit);

    private static readonly Gen<ColumnForm> TextForm =
        RandomColumn.Form(Encoding.Plain, Encoding.DeltaLengthByteArray, Encoding.DeltaByteArray);

    [Fact]
    public void Numbers_are_those_that_were_written() => Gen.Select(NumberForm, RandomColumn.Numbers).Sample(
        (form, groups) =>
        {
            using var folder = new TemporaryFolder();
            var path = Path.Combine(folder.Path, "numbers");
            groups = [.. groups.Select(rows => rows.Where(row => form.IsOptional || row.HasValue)
                .Select(row => form.IsNarrow ? (int?)row : row).ToArray())];
            RandomColumn.Write(path, form, groups);
            using var file = new ColumnFile();
            var vector = new NumberVector();
            Assert.True(file.Open(path));
            Assert.Equal(groups.Length, file.Groups);
            for (var group = 0; group < groups.Length; group++)
            {
                Assert.Equal(groups[group].Length, file.Rows(group));
                var known = file.TryRead(group, "c", vector);
                Assert.Equal(
                    IsKnown(form, groups[group].Length, groups[group].Count(row => row.HasValue)), known);
                if (known)
                    Assert.Equal(groups[group], Enumerable.Range(0, groups[group].Length).Select(row => vector[row]));
                Assert.Equal(RangeByParquetSharp(path, group), file.Range(group, "c"));
            }
        }, iter: Files, threads: 1);

    [Fact]
    public void Texts_are_those_that_were_written() => Gen.Select(TextForm, RandomColumn.Texts).Sample(
        (form, groups) =>
        {
            using var folder = new TemporaryFolder();
            var path = Path.Combine(folder.Path, "texts");
            groups = [.. groups.Select(rows => rows.Where(row => form.IsOptional || row is not null).ToArray())];
            RandomColumn.Write(path, form, groups);
            using var file = new ColumnFile();
            var vector = new TextVector();
            Assert.True(file.Open(path));
            for (var group = 0; group < groups.Length; group++)
            {
                var known = file.TryRead(group, "c", vector);
                Assert.Equal(
                    IsKnown(form, groups[group].Length, groups[group].Count(row => row is not null)), known);
                if (known)
                    Same(groups[group], vector);
            }
        }, iter: Files, threads: 1);

    [Fact]
    public void A_segment_of_the_ledger_is_known_throughout()
    {
        using var folder = new TemporaryFolder();
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        var batch = new AccessBatch();
        for (var row = 0; row < 5000; row++)
            batch.Add(Some.Access(catalog, Some.Noon.Plus(row * 1000), row, row * 7 % 1000), default);
        writer.Append(batch);
        var contents = writer.Commit([], []);
        var path = contents.PathOf(contents.Segments.Single().Name);
        var expected = StoredRecords.Read(path);
        using var file = new ColumnFile();
        Assert.True(file.Open(path));
        var (numbers, texts) = (new NumberVector(), new TextVector());
        foreach (var column in expected[0].Keys)
        {
            var values = expected.Select(row => row[column]).ToList();
            if (values.All(value => value is null or string) && file.TryRead(0, column, texts))
                Same([.. values.Cast<string?>()], texts);
            else
                Assert.True(file.TryRead(0, column, numbers), column);
        }
        Assert.True(file.TryRead(0, "subject", numbers));
        Assert.Equal(expected.Select(row => (long?)row["subject"]), Enumerable.Range(0, 5000).Select(i => numbers[i]));
    }

    [Fact]
    public void What_is_damaged_is_read_or_refused_and_nothing_else() => Gen.Select(
        NumberForm, RandomColumn.Numbers, TextForm, RandomColumn.Texts,
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Bool).Array[1, 4])
        .Sample((numberForm, numbers, textForm, texts, damages) =>
        {
            using var folder = new TemporaryFolder();
            var path = Path.Combine(folder.Path, "damaged");
            RandomColumn.Write(path, numberForm with { IsOptional = true }, numbers);
            Damaged(path, damages, (file, group) => file.TryRead(group, "c", new NumberVector()));
            RandomColumn.Write(path, textForm with { IsOptional = true }, texts);
            Damaged(path, damages, (file, group) => file.TryRead(group, "c", new TextVector()));
        }, iter: Files, threads: 1);

    // Each damage alone: a byte that is another, or an end that comes too early.
    private static void Damaged(
        string path, (int Place, byte Value, bool IsCut)[] damages, Func<ColumnFile, int, bool> read)
    {
        var whole = File.ReadAllBytes(path);
        using var file = new ColumnFile();
        foreach (var (place, value, isCut) in damages)
        {
            var bytes = isCut ? whole[..(place % whole.Length)] : [.. whole];
            if (!isCut)
                bytes[place % whole.Length] ^= (byte)(value | 1);
            File.WriteAllBytes(path, bytes);
            try
            {
                if (file.Open(path) && Enumerable.Range(0, file.Groups).Sum(group => (long)file.Rows(group)) < 100_000)
                    for (var group = 0; group < file.Groups && file.Has("c"); group++)
                        read(file, group);
                Assert.False(isCut);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    // Without rows there are no pages, and without values nothing is stored in a way that is not known.
    private static bool IsKnown(ColumnForm form, int rows, int values) =>
        rows == 0 || (form.Compression != Compression.Snappy && (form.HasDictionary || values == 0
            || form.Encoding is Encoding.Plain or Encoding.DeltaBinaryPacked or Encoding.DeltaLengthByteArray));

    private static void Same(string?[] expected, TextVector actual)
    {
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(row => actual.Text(actual[row])));
        var (lengths, looked) = (new byte[actual.Count], new byte[expected.Length]);
        for (var number = 1; number < actual.Count; number++)
            lengths[number] = (byte)(actual.Bytes(number).Length + 1);
        actual.Look(lengths, looked);
        Assert.Equal(
            expected.Select(text => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text) + 1),
            looked.Select(each => (int)each));
    }

    private static (long, long)? RangeByParquetSharp(string path, int group)
    {
        using var reader = new ParquetFileReader(path);
        using var rows = reader.RowGroup(group);
        using var chunk = rows.MetaData.GetColumnChunkMetaData(0);
        using var statistics = chunk.Statistics;
        return statistics switch
        {
            Statistics<long> { HasMinMax: true } wide => (wide.Min, wide.Max),
            Statistics<int> { HasMinMax: true } narrow => (narrow.Min, narrow.Max),
            _ => null,
        };
    }
}
