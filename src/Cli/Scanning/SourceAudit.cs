using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Scanning;

/// <summary>Whether logs that were read earlier are still as they were; said once for each change.</summary>
internal static class SourceAudit
{
    /// <param name="inputs">What this run found to read, and what it knew by its digest.</param>
    public static IEnumerable<SourceChanged> Changes(ScanPlan plan, InputPlan inputs, LedgerContents ledger)
    {
        var sources = plan.Sources.Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        var read = inputs.Files.ToLookup(file => file.Display, StringComparer.Ordinal);
        var known = inputs.AlreadyRead.ToHashSet(StringComparer.Ordinal);
        var said = ledger.SourceChanges.Select(change => (change.File, change.How, change.Size)).ToHashSet();
        foreach (var last in ledger.Sources.Where(source => sources.Contains(source.Source) && source.Size > 0)
            .GroupBy(source => (source.Source, source.File)).Select(group => group.Last()))
        {
            // Under whatever name it lies now, it is as it was.
            if (known.Contains(last.File) || last.File == InputFile.StandardInput || inputs.Matched.Contains(last))
                continue;
            if (Change(plan, read[last.File].FirstOrDefault(), last) is { } change
                && !said.Contains((change.File, change.How, change.Size)))
                yield return change;
        }
    }

    private static SourceChanged? Change(ScanPlan plan, InputFile? now, SourceEntry last)
    {
        var path = now?.Path ?? Path.Combine(plan.BaseDirectory, last.File);
        if (!File.Exists(path))
            return new SourceChanged(last.Source, last.File, last.Sha256, SourceChange.Vanished, null);
        var size = new FileInfo(path).Length;
        if (size < last.Size)
            return new SourceChanged(last.Source, last.File, last.Sha256, SourceChange.Shrank, size);
        // A log that grew is continued where it was left; one that is read from its start is not what it was.
        return now is { Skip: 0 }
            ? new SourceChanged(last.Source, last.File, last.Sha256, SourceChange.Changed, size)
            : null;
    }
}
