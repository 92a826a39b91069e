using System.Globalization;
using System.IO.Compression;
using CsCheck;
using WhoSaw.Intake;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>Whatever the bytes of a log: every byte and every line of it is accounted for.</summary>
public sealed class AccountingTests
{
    private static readonly string Golden = Path.Combine(
        RepositoryFolder.Path, "test", "Intake.Tests", "Formats", "Golden");

    public static TheoryData<string> Formats() => [.. FormatCatalog.Names];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_byte_is_parsed_rejected_or_blank(string format)
    {
        var golden = File.ReadAllBytes(Path.Combine(Golden, format, "input.log"));
        var whole = Account(format, golden);
        Assert.NotEqual(0, whole.Records);

        var mutations = Gen.Select(Gen.Int[0, golden.Length - 1], Gen.Int[0, 4], Gen.Byte).Array[1, 12];
        if (int.TryParse(
            Environment.GetEnvironmentVariable("WHOSAW_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var s)
            && s > 0)
            mutations.Sample(
                changes => Account(format, Mutated(golden, changes)), time: Math.Max(1, s / 18), threads: 1);
        else
            mutations.Sample(changes => Account(format, Mutated(golden, changes)), iter: 60, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_log_of_many_blocks_is_the_sum_of_its_parts(string format)
    {
        var golden = File.ReadAllBytes(Path.Combine(Golden, format, "input.log"));
        var one = Account(format, golden);
        var copies = (3 << 20) / golden.Length;
        var many = new byte[copies * golden.Length];
        for (var copy = 0; copy < copies; copy++)
            golden.CopyTo(many, copy * golden.Length);
        var sum = Account(format, many);
        // a directive of one copy holds for the first lines of the next
        if (golden[^1] == '\n' && format is not ("cloudtrail" or "pgaudit" or "w3c-iis" or "cloudfront"))
            Assert.Equal((copies * one.Records, copies * one.Rejects), (sum.Records, sum.Rejects));
    }

    [Theory]
    [InlineData("combined")]
    [InlineData("pgaudit")]
    [InlineData("cloudtrail")]
    public void A_compressed_log_reads_as_the_plain_one(string format)
    {
        var plain = File.ReadAllBytes(Path.Combine(Golden, format, "input.log"));
        var expected = Account(format, plain);
        using var gzip = new MemoryStream();
        using (var writer = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true))
            writer.Write(plain);
        using var zstd = new MemoryStream();
        using (var writer = new ZstdSharp.CompressionStream(zstd, leaveOpen: true))
            writer.Write(plain);
        foreach (var stored in (byte[][])[gzip.ToArray(), zstd.ToArray()])
        {
            var got = Account(format, stored, plain.Length);
            Assert.Equal(
                (expected.Lines, expected.Records, expected.Rejects, expected.Blank, expected.First, expected.Last),
                (got.Lines, got.Records, got.Rejects, got.Blank, got.First, got.Last));
        }
    }

    private static FileTally Account(string format, byte[] bytes, int? length = null)
    {
        var (_, tallies, rejects) = Merge([(format, bytes)], threads: 2);
        var tally = tallies[0];
        Assert.Null(tally.Fault);
        Assert.Equal(length ?? bytes.Length, tally.BytesRead);
        Assert.Equal(tally.BytesRead, tally.BytesParsed + tally.BytesRejected + tally.BytesBlank);
        Assert.Equal(tally.Lines, tally.Records + tally.Rejects);
        Assert.Equal(tally.Rejects, rejects);
        return tally;
    }

    internal static (List<(EventTime Time, int File, long Offset)> Rows, List<FileTally> Tallies, long Rejects) Merge(
        IReadOnlyList<(string Format, byte[] Bytes)> logs, int threads)
    {
        var catalog = new Catalog([]);
        var files = new List<InputFile>();
        foreach (var (format, _) in logs)
        {
            var source =
                new SourceOptions { Id = $"source-{files.Count}", Path = $"{files.Count}.log", Format = format };
            var stream = catalog.AddStream(catalog.AddSource(source.Id), source.Id);
            var index = catalog.AddFile(stream, source.Path);
            files.Add(new InputFile(index, source.Path, source.Path, stream, source));
        }
        long rejects = 0;
        using var merger = new LogMerger(
            catalog, files, new RouteTable([]), new Fingerprint("0123456789abcdef"u8),
            new IntakeOptions { Threads = threads, KeepAll = true }, (_, _, _, _) => rejects++,
            path => new MemoryStream(logs[files.FindIndex(file => file.Path == path)].Bytes));
        var rows = new List<(EventTime, int, long)>();
        var batch = new AccessBatch();
        while (merger.Fill(batch))
            for (var row = 0; row < batch.Count; row++)
                rows.Add((batch.Time[row], batch.File[row], batch.Offset[row]));
        return (rows, [.. merger.Tallies.Select(read => read.Tally)], rejects);
    }

    private static byte[] Mutated(byte[] bytes, (int At, int Kind, byte Value)[] changes)
    {
        var result = bytes.ToList();
        foreach (var (where, kind, value) in changes)
        {
            var at = Math.Min(where, result.Count - 1);
            if (at < 0)
                break;
            switch (kind)
            {
                case 0:
                    result[at] = value;
                    break;
                case 1:
                    result.Insert(at, (byte)"\"\n\r{}[],\\"[value % 9]);
                    break;
                case 2:
                    result.RemoveRange(at, Math.Min(value, result.Count - at));
                    break;
                case 3:
                    result.InsertRange(at, result.GetRange(at, Math.Min(value, result.Count - at)));
                    break;
                default:
                    result.RemoveRange(at, result.Count - at);
                    break;
            }
        }
        // what begins as compressed bytes do is not a mutated text
        if (result.Count > 0 && result[0] is 0x1F or 0x28)
            result[0] = (byte)'x';
        return [.. result];
    }
}
