using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Which files of a ledger go into a bundle, and which entries.</summary>
/// <param name="Files">Whole ones.</param>
internal sealed record BundleChoice(
    IReadOnlyList<Finding> Findings, List<string> Files, List<long> Entries, Excerpt? Excerpt)
{
    /// <summary>All segments of the time of these findings, or of all time.</summary>
    public static BundleChoice Whole(JournalVerification journal, LedgerContents contents, List<Finding> findings)
    {
        bool IsMeant(EventTime first, EventTime last) =>
            findings.Count == 0 || findings.Exists(finding => finding.First <= last && finding.Last >= first);
        var names = contents.Segments.Where(segment => IsMeant(segment.First, segment.Last))
            .Select(segment => segment.Name).Concat(contents.Totals).Concat(contents.Dictionaries)
            .Concat(journal.State.Of(FileKind.Findings).Select(file => file.Name))
            .Concat(new[] { contents.Accounts, contents.People }.OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var entries = Wanted(journal, names, findings, all: findings.Count == 0);
        return new BundleChoice(findings, [.. names.Order(StringComparer.Ordinal)], entries, null);
    }

    /// <summary>The totals, which say nothing of people, and excerpts of all else.</summary>
    public static BundleChoice Part(
        JournalVerification journal, LedgerContents contents, List<Finding> findings, Excerpt excerpt,
        string? caseId)
    {
        var names = contents.Totals.Concat(excerpt.Parts.Select(part => part.Of)).ToHashSet(StringComparer.Ordinal);
        var digests = excerpt.Parts.Select(part => part.Sha256).ToHashSet(StringComparer.Ordinal);
        var entries = Wanted(journal, names, findings, all: false)
            .Concat(journal.Entries.Index().Where(each => each.Item is ExcerptMade made
                && made.Parts.Any(part => digests.Contains(part.Sha256))).Select(each => (long)each.Index))
            .Concat(journal.Raw.Index().Where(each => caseId is not null && CaseEntries.IsOf(each.Item, caseId))
                .Select(each => (long)each.Index))
            .Distinct().Order().ToList();
        return new BundleChoice(findings, [.. contents.Totals.Order(StringComparer.Ordinal)], entries, excerpt);
    }

    private static List<long> Wanted(
        JournalVerification journal, HashSet<string> names, List<Finding> findings, bool all)
    {
        var ids = findings.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        var entries = new List<long>();
        foreach (var (number, entry) in journal.Entries.Index())
        {
            var wanted = entry switch
            {
                LedgerCreated or KeyChanged or SourceRead or SourceChanged or OperationConfigured => true,
                HoldPlaced or HoldReleased or SegmentRemoved or FileRemoved or PersonErased => true,
                NumbersMissing or ClockSkewed => true,
                FindingRaised raised => all || ids.Contains(raised.Id),
                CheckpointStamped or OriginalKept => all,
                _ when entry.NewFiles.Any() => entry.NewFiles.Any(file => names.Contains(file.Name)),
                _ => all,
            };
            if (wanted)
                entries.Add(number);
        }
        return entries;
    }
}
