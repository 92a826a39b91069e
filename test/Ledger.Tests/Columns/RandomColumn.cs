using CsCheck;
using ParquetSharp;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger.Tests;

/// <summary>How the one column <c>c</c> of a file is stored.</summary>
internal sealed record ColumnForm(
    bool IsOptional, bool IsNarrow, bool HasDictionary, ParquetSharp.Encoding Encoding, Compression Compression,
    ParquetDataPageVersion Version, int PageBytes, int DictionaryBytes);

/// <summary>A file of one column by ParquetSharp's writer, in every form that segments have and a few more.</summary>
internal static class RandomColumn
{
    private static readonly Gen<long> Number = Gen.OneOf(
        Gen.Long[-3, 3], Gen.Long, Gen.Const(long.MaxValue), Gen.Const(long.MinValue), Gen.Long[0, 1L << 40]);

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, 5].Select(i => "text " + i), Gen.String[Gen.Char['a', 'z'], 0, 40], Gen.Const(""),
        Gen.Int[0, 1000].Select(i => "앱😀" + i));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Row groups of values: all kinds, one value alone, runs; with nulls or without.</summary>
    private static Gen<T?[][]> Groups<T>(Gen<T> value, Gen<T?> none)
    {
        var any = value.Select(each => (T?)each);
        var some = Gen.OneOf(any, none);
        return Gen.OneOf(
            any.Array[0, 700], some.Array[0, 700],
            Gen.Select(some, Gen.Int[0, 2000], (each, count) => Enumerable.Repeat(each, count).ToArray()),
            Gen.Select(some, Gen.Int[1, 90]).Array[0, 30].Select(
                runs => runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2)).ToArray()))
            .Array[1, 3];
    }

    public static Gen<long?[][]> Numbers { get; } =
        Groups(Number.Select(each => (long?)each), Gen.Const((long?)null));

    public static Gen<string?[][]> Texts { get; } = Groups(Text, Gen.Const((string?)null));

    public static Gen<ColumnForm> Form(params ParquetSharp.Encoding[] encodings) => Gen.Select(
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool), Pick(encodings),
        Gen.Frequency((5, Gen.Const(Compression.Zstd)), (2, Gen.Const(Compression.Uncompressed)),
            (1, Gen.Const(Compression.Snappy))),
        Pick(ParquetDataPageVersion.V1, ParquetDataPageVersion.V2),
        Gen.Select(Pick(64, 1000, 1 << 20), Pick(64, 1000, 1 << 20)),
        (flags, encoding, compression, version, sizes) => new ColumnForm(
            flags.Item1, flags.Item2, flags.Item3, encoding, compression, version, sizes.Item1, sizes.Item2));

    public static void Write(string path, ColumnForm form, long?[][] groups)
    {
        var type = form.IsNarrow ? PhysicalType.Int32 : PhysicalType.Int64;
        using var file = Create(path, form, type, LogicalType.None());
        foreach (var rows in groups)
        {
            using var group = file.AppendRowGroup();
            using var column = group.NextColumn();
            if (form.IsNarrow)
                WriteRows((ColumnWriter<int>)column, form, [.. rows.Select(row => (int?)row)]);
            else
                WriteRows((ColumnWriter<long>)column, form, rows);
        }
        file.Close();
    }

    public static void Write(string path, ColumnForm form, string?[][] groups)
    {
        using var file = Create(path, form, PhysicalType.ByteArray, LogicalType.String());
        foreach (var rows in groups)
        {
            using var group = file.AppendRowGroup();
            using var column = group.NextColumn().LogicalWriter<string?>();
            column.WriteBatch(rows);
        }
        file.Close();
    }

    private static ParquetFileWriter Create(string path, ColumnForm form, PhysicalType type, LogicalType logical)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(form.Compression).DataPageVersion(form.Version).DataPagesize(form.PageBytes)
            .WriteBatchSize(16).DictionaryPagesizeLimit(form.DictionaryBytes);
        if (form.HasDictionary)
            builder.EnableDictionary();
        else
            builder.DisableDictionary().Encoding("c", form.Encoding);
        using var properties = builder.Build();
        var repetition = form.IsOptional ? Repetition.Optional : Repetition.Required;
        using var node = new PrimitiveNode("c", repetition, logical, type);
        using var schema = new GroupNode("schema", Repetition.Required, [node]);
        return new ParquetFileWriter(path, schema, properties);
    }

    private static void WriteRows<T>(ColumnWriter<T> column, ColumnForm form, T?[] rows)
        where T : unmanaged
    {
        var values = rows.OfType<T>().ToArray();
        if (form.IsOptional)
            column.WriteBatch(
                rows.Length, rows.Select(row => row.HasValue ? (short)1 : (short)0).ToArray(), default, values);
        else
            column.WriteBatch(values);
    }
}
