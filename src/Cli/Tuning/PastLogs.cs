using System.Globalization;
using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Tuning;

/// <summary>
/// The logs that a ledger was made of, as far as they are still there: by digest, never by name alone. Of a log that
/// has grown since, what the ledger has of it.
/// </summary>
/// <param name="Gone">What was read and is neither there nor kept.</param>
internal sealed record PastLogs(IReadOnlyList<PastLog> Logs, IReadOnlyList<SourceEntry> Gone)
{
    public long StoredBytes => Logs.Sum(log => log.Size);

    public static PastLogs Of(ScanPlan plan, LedgerContents ledger)
    {
        var logs = new List<PastLog>();
        var readings = new LedgerReadings(ledger.Sources, plan);
        var pending = ledger.Sources.Where(entry => entry.Size > 0).ToList();
        foreach (var source in plan.Sources.Where(source => source.Path != InputFile.StandardInput))
            foreach (var file in SourceFiles.Expand(source, plan.BaseDirectory).Files)
            {
                var known = readings.Of(source.Id, file);
                if (known.Entries.Count == 0)
                    continue;
                logs.Add(known.Stored > 0
                    ? new PastLog(source, file.Stream, file.Display, known.Stored, () => SourceStreams.Open(file.Path))
                    : new PastLog(source, file.Stream, file.Display, known.Taken,
                        () => SourceStreams.OpenDecompressed(file.Path)));
                pending.RemoveAll(known.Entries.Contains);
            }
        foreach (var entry in pending.ToList())
            if (Kept(plan, ledger, entry) is { } log)
            {
                logs.Add(log);
                pending.Remove(entry);
            }
        return new PastLogs([.. InOrder(plan, logs)], pending);
    }

    /// <summary>The files as a run numbers them; the name that each is opened by is its place in the list.</summary>
    public IReadOnlyList<InputFile> ToInputs(ScanPlan plan, Catalog catalog)
    {
        var sources = plan.Sources.ToDictionary(source => source, source => catalog.AddSource(source.Id));
        var files = new List<InputFile>();
        foreach (var log in Logs)
        {
            var stream = catalog.AddStream(sources[log.Source], log.Stream);
            var index = catalog.AddFile(stream, log.Display);
            var name = files.Count.ToString(CultureInfo.InvariantCulture);
            files.Add(new InputFile(index, name, log.Display, stream, log.Source));
        }
        return files;
    }

    /// <summary>Opens what <see cref="ToInputs"/> named.</summary>
    public Stream Open(string name) => Logs[int.Parse(name, CultureInfo.InvariantCulture)].Open();

    // As a scan orders them, so that what has one time comes in the same order.
    private static IEnumerable<PastLog> InOrder(ScanPlan plan, List<PastLog> logs) => plan.Sources.SelectMany(
        source => logs.Where(log => log.Source == source).OrderBy(log => log.Display, StringComparer.Ordinal));

    private static PastLog? Kept(ScanPlan plan, LedgerContents ledger, SourceEntry entry)
    {
        var kept = ledger.Originals.FirstOrDefault(log =>
            log.Source == entry.Source && log.File == entry.File && log.From == 0 && log.LogSize == entry.Size
            && log.First == entry.First && log.Last == entry.Last);
        var source = plan.Sources.FirstOrDefault(source => source.Id == entry.Source);
        return kept is null || source is null || !File.Exists(ledger.PathOf(kept.Name)) ? null
            : new PastLog(source, entry.Stream, entry.File, entry.Size, () => KeptLogs.Open(ledger, kept));
    }
}

/// <summary>One log of the past.</summary>
/// <param name="Size">Bytes that the ledger has of it, of those that opening it gives.</param>
internal sealed record PastLog(
    SourceOptions Source, string Stream, string Display, long Size, Func<Stream> OpenWhole)
{
    public Stream Open() => new FirstBytes(OpenWhole(), Size);
}
