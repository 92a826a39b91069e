using System.Globalization;
using System.Security.Cryptography;
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
        var pending = ledger.Sources.Where(entry => entry.Size > 0).ToList();
        foreach (var source in plan.Sources.Where(source => source.Path != InputFile.StandardInput))
            foreach (var file in SourceFiles.Expand(source, plan.BaseDirectory).Files)
            {
                var size = new FileInfo(file.Path).Length;
                var candidates = pending.Where(entry => entry.Source == source.Id
                    && (entry.Size == size || entry.File == file.Display && entry.Size < size)).ToList();
                var read = AsRead(file.Path, candidates);
                if (read.Count == 0)
                    continue;
                logs.Add(new PastLog(
                    source, file.Stream, file.Display, read.Max(entry => entry.Size),
                    () => SourceStreams.Open(file.Path)));
                pending.RemoveAll(read.Contains);
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

    /// <summary>Those of the entries whose bytes the file begins with; the file is read once.</summary>
    private static List<SourceEntry> AsRead(string path, List<SourceEntry> candidates)
    {
        var same = new List<SourceEntry>();
        if (candidates.Count == 0)
            return same;
        using var file = SourceStreams.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        var at = 0L;
        foreach (var entries in candidates.GroupBy(entry => entry.Size).OrderBy(group => group.Key))
        {
            while (at < entries.Key
                && file.Read(buffer, 0, (int)Math.Min(buffer.Length, entries.Key - at)) is var got and > 0)
            {
                hash.AppendData(buffer, 0, got);
                at += got;
            }
            var digest = Convert.ToHexStringLower(hash.GetCurrentHash());
            same.AddRange(entries.Where(entry => entry.Sha256.Equals(digest, StringComparison.OrdinalIgnoreCase)));
        }
        return same;
    }
}

/// <summary>One log of the past.</summary>
/// <param name="Size">Stored bytes that the ledger has of it.</param>
internal sealed record PastLog(
    SourceOptions Source, string Stream, string Display, long Size, Func<Stream> OpenWhole)
{
    public Stream Open() => new FirstBytes(OpenWhole(), Size);
}
