using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>Which files a run reads: all that the sources name, less what the ledger has already.</summary>
/// <param name="Matched">Entries of the journal whose bytes lie in a file that is there, whatever it is called.</param>
/// <param name="Heads">What each file looks like from outside, by its path.</param>
/// <param name="Notices">What was left out, and why.</param>
internal sealed record InputPlan(
    IReadOnlyList<InputFile> Files, IReadOnlyList<string> AlreadyRead, IReadOnlyList<string> Faults, long StoredBytes,
    IReadOnlySet<SourceEntry> Matched, IReadOnlyDictionary<string, StoredHead> Heads, IReadOnlyList<string> Notices)
{
    private sealed record Candidate(SourceFile File, KnownPart Known);

    public static InputPlan Of(ScanPlan plan, Catalog catalog, LedgerWriter ledger)
    {
        var readings = new LedgerReadings(ledger.Contents.Sources, plan);
        var files = new List<InputFile>();
        var alreadyRead = new List<string>();
        var faults = new List<string>();
        var matched = new HashSet<SourceEntry>();
        var heads = new Dictionary<string, StoredHead>(StringComparer.Ordinal);
        var notices = new List<string>();
        long bytes = 0;
        foreach (var source in plan.Sources)
        {
            var sourceIndex = catalog.AddSource(source.Id);
            var (found, problems) = source.Path == InputFile.StandardInput
                ? ([new SourceFile(InputFile.StandardInput, InputFile.StandardInput, source.Id)], [])
                : SourceFiles.Expand(source, plan.BaseDirectory);
            faults.AddRange(problems);
            var unread = new List<Candidate>();
            foreach (var file in found)
            {
                var known = Known(readings, source, file);
                matched.UnionWith(known.Entries);
                if (known.IsWhole
                    || (!readings.IsReadElsewhere(source.Id, file, known.Head) && WasRead(file, ledger)))
                    alreadyRead.Add(file.Display);
                else
                    unread.Add(new Candidate(file, known));
                if (known.Head is { } head)
                    heads[file.Path] = head;
            }
            foreach (var (file, known) in WithoutTwins(unread, notices))
            {
                var stream = catalog.AddStream(sourceIndex, file.Stream);
                var index = catalog.AddFile(stream, file.Display);
                var skip = known.Taken == 0 ? 0 : GrownFile.Continuation(
                    file.Path, known.Head is { IsWhole: true }, source, known.Taken);
                files.Add(new InputFile(index, file.Path, file.Display, stream, source, skip));
                bytes += SizeOf(file);
            }
        }
        return new InputPlan(files, alreadyRead, faults, bytes, matched, heads, notices);
    }

    private static long SizeOf(SourceFile file) =>
        file.Path == InputFile.StandardInput ? 0 : new FileInfo(file.Path).Length;

    private static KnownPart Known(LedgerReadings readings, SourceOptions source, SourceFile file) =>
        file.Path == InputFile.StandardInput ? KnownPart.Nothing(null) : readings.Of(source.Id, file);

    /// <summary>By any source: the same bytes under another id are not recorded twice.</summary>
    private static bool WasRead(SourceFile file, LedgerWriter ledger) =>
        SizeOf(file) is > 0 and var size && ledger.MayHaveBeenRead(size)
        && ledger.WasRead(SourceStreams.Digest(file.Path, size));

    /// <summary>
    /// Of a stream's files of which one holds all that another holds, as a copy or a compressed log beside the plain
    /// one, only the longer.
    /// </summary>
    private static IEnumerable<Candidate> WithoutTwins(List<Candidate> candidates, List<string> notices)
    {
        var left = new HashSet<Candidate>(ReferenceEqualityComparer.Instance);
        foreach (var alike in candidates.Where(each => each.Known.Head?.Mark is not null)
            .GroupBy(each => (each.File.Stream, each.Known.Head!.Mark)).Where(group => group.Count() > 1))
        {
            var kept = new List<Candidate>();
            foreach (var candidate in alike)
            {
                if (kept.Find(other => TwinFiles.Holds(other.File.Path, candidate.File.Path)) is { } holder)
                {
                    Leave(candidate, holder);
                    continue;
                }
                foreach (var shorter in kept.Where(other => TwinFiles.Holds(candidate.File.Path, other.File.Path))
                    .ToList())
                {
                    kept.Remove(shorter);
                    Leave(shorter, candidate);
                }
                kept.Add(candidate);
            }
        }
        return candidates.Where(candidate => !left.Contains(candidate));

        void Leave(Candidate candidate, Candidate holder)
        {
            left.Add(candidate);
            notices.Add($"{candidate.File.Display} is not read: all of it stands at the beginning of "
                + $"{holder.File.Display}, too.");
        }
    }
}
