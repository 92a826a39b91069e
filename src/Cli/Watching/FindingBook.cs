using WhoSaw.Cli.Scanning;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>Why people are told of a finding.</summary>
internal enum News : byte
{
    Raised,

    /// <summary>Ten times as many accounts as when it was told last.</summary>
    Grown,

    /// <summary>Another kind, severity or title.</summary>
    Changed,

    /// <summary>It no longer holds, or another finding tells it.</summary>
    Withdrawn,
}

/// <summary>
/// The findings that stand, under ids that last. What one look at the evidence calls a finding is the same as before
/// when its records are: its predicate, or where it grew, its first records.
/// </summary>
internal sealed class FindingBook
{
    // A finding that the evidence of a moment no longer carries may come back with the next lines.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, Finding> _standing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _missed = new(StringComparer.Ordinal);

    // What an earlier run raised and this one never saw is not withdrawn: its evidence may be from before.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _last;

    /// <param name="earlier">All that the ledger has, those that were withdrawn among them.</param>
    public FindingBook(IEnumerable<Finding> earlier)
    {
        foreach (var finding in earlier)
        {
            _last = Math.Max(_last, FindingNumber.Of(finding.Id));
            if (finding.Withdrawn is null)
                _standing[finding.Id] = finding;
        }
    }

    public IReadOnlyCollection<Finding> Standing => _standing.Values;

    /// <summary>
    /// Detection knows all that it knew when the findings were raised: those that do not hold are withdrawn.
    /// </summary>
    public void TrustMemory() => _seen.UnionWith(_standing.Keys);

    /// <summary>
    /// Takes a look at the evidence; what is to be told, and with every change the finding as it is now.
    /// </summary>
    /// <param name="isLast">Nothing more comes: what does not hold now is withdrawn now.</param>
    /// <param name="mayMiss">Findings of other origin, which this look does not speak of.</param>
    public IReadOnlyList<(Finding Finding, News? News)> Take(
        IReadOnlyList<Finding> found, DateTimeOffset now, bool isLast, Func<Finding, bool> mayMiss)
    {
        var changes = new List<(Finding, News?)>();
        var matched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in found)
        {
            if (Known(finding, matched) is not { } known)
            {
                var raised = finding with { Id = FindingNumber.ToId(++_last) };
                matched.Add(raised.Id);
                _standing[raised.Id] = raised;
                changes.Add((raised, News.Raised));
                continue;
            }
            matched.Add(known.Id);
            _missed.Remove(known.Id);
            var current = finding with { Id = known.Id };
            if (IsSame(current, known))
                continue;
            _standing[known.Id] = current;
            changes.Add((current, (current.Kind, current.Severity, current.Title)
                != (known.Kind, known.Severity, known.Title) ? News.Changed : null));
        }
        _seen.UnionWith(matched);
        foreach (var known in _standing.Values.Where(known =>
            _seen.Contains(known.Id) && !matched.Contains(known.Id) && !mayMiss(known)).ToList())
        {
            _missed.TryAdd(known.Id, now);
            if (!isLast && now - _missed[known.Id] < Doubt)
                continue;
            changes.Add((Withdraw(known, found), News.Withdrawn));
        }
        return changes;
    }

    private Finding Withdraw(Finding known, IReadOnlyList<Finding> found)
    {
        _standing.Remove(known.Id);
        _missed.Remove(known.Id);
        var reason = found.Any(other => other.Samples.Intersect(known.Samples).Any())
            ? "its records are part of another finding now"
            : "what came later explains it, or it is no longer beyond chance";
        return known with { Withdrawn = reason };
    }

    private Finding? Known(Finding finding, HashSet<string> matched)
    {
        var alike = _standing.Values.Where(known =>
            known.Detector == finding.Detector && !matched.Contains(known.Id)).ToList();
        return alike.Find(known => known.Where == finding.Where && known.ActorValue == finding.ActorValue)
            ?? alike.Find(known => known.Samples.Intersect(finding.Samples).Any())
            ?? alike.Find(known => known.ActorKind == finding.ActorKind && known.ActorValue == finding.ActorValue);
    }

    private static bool IsSame(Finding one, Finding other) =>
        one with { Evidence = [], Samples = [] } == other with { Evidence = [], Samples = [] }
        && one.Evidence.SequenceEqual(other.Evidence) && one.Samples.SequenceEqual(other.Samples);
}
