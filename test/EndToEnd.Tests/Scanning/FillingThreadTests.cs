using System.Globalization;
using System.Text;
using WhoSaw.Cli.Scanning;
using WhoSaw.Intake;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>Merging on a thread of its own gives what merging gives, and fails and stops as it should.</summary>
public sealed class FillingThreadTests : IDisposable
{
    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    [Fact]
    public void Every_row_comes_once_in_its_order_though_batches_are_used_again()
    {
        using var merger = Merger(Lines(40_000), (_, _, _, _) => { });
        var (rows, looked) = (new List<long>(), 0);
        using (var filling = new FillingThread(merger, batch => looked += batch.Count))
            foreach (var filled in filling.All())
                rows.AddRange(filled.Batch.Offset.Take(filled.Batch.Count));
        Assert.Equal(40_000, rows.Count);
        Assert.Equal(40_000, looked);
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(40_000, rows.Distinct().Count());
    }

    [Fact]
    public void What_fails_in_the_merge_is_thrown_to_whoever_takes_the_batches()
    {
        var text = Lines(20_000) + "no record at all\n";
        using var merger = Merger(text, (_, _, _, _) => throw new InvalidOperationException("the disk is full"));
        using var filling = new FillingThread(merger, _ => { });
        var failure = Assert.Throws<InvalidOperationException>(() => filling.All().Count());
        Assert.Equal("the disk is full", failure.Message);
    }

    [Fact]
    public void Whoever_stops_early_does_not_wait_for_the_rest()
    {
        using var merger = Merger(Lines(200_000), (_, _, _, _) => { });
        using (var filling = new FillingThread(merger, _ => { }))
            Assert.Equal(AccessBatch.Capacity, filling.All().First().Batch.Count);
        Assert.True(merger.Lines < 200_000);
    }

    [Fact]
    public void A_run_without_detectors_says_so_and_keeps_no_ledger()
    {
        var log = _evidence.Folder.Write("web.log", Lines(100));
        var said = Whosaw.Run("scan", log, "--without-detectors", "--fingerprint-key", _evidence.KeyPath);
        Assert.Equal(0, said.Status);
        Assert.Contains("No detector looked", said.Out, StringComparison.Ordinal);
        said = Whosaw.Run("scan", log, "--without-detectors", "--ledger", _evidence.Ledger);
        Assert.Equal(2, said.Status);
        Assert.False(Directory.Exists(_evidence.Ledger));
    }

    private static LogMerger Merger(string text, RejectSink reject)
    {
        var catalog = new Catalog([]);
        var source = new SourceOptions { Id = "web", Path = "web.log", Format = "combined" };
        var stream = catalog.AddStream(catalog.AddSource(source.Id), source.Id);
        var file = new InputFile(catalog.AddFile(stream, source.Path), source.Path, source.Path, stream, source);
        return new LogMerger(
            catalog, [file], new RouteTable([]), new Fingerprint("0123456789abcdef"u8),
            new IntakeOptions { Threads = 2, KeepAll = true }, reject,
            _ => new MemoryStream(Encoding.UTF8.GetBytes(text)));
    }

    private static string Lines(int count)
    {
        var text = new StringBuilder();
        for (var line = 0; line < count; line++)
        {
            var clock = TimeSpan.FromSeconds(line % 86_400).ToString("c", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"198.51.100.{line % 200} - - [11/Apr/2025:{clock} +0900] ");
            text.Append(CultureInfo.InvariantCulture, $"\"GET /page/{line} HTTP/1.1\" 200 512 \"-\" \"curl/8.0\"\n");
        }
        return text.ToString();
    }
}
