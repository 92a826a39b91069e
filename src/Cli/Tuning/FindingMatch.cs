using WhoSaw.Cli.Scanning;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Tuning;

/// <summary>
/// Which of the findings at another setting tells of a finding that stands: the same one; else the same detector's
/// about the same actor; else the earliest that is about at least half of its views, whoever raised it.
/// </summary>
internal sealed class FindingMatch(ScopeEngine ledger)
{
    private readonly Dictionary<string, long> _views = [];

    public Finding? Of(Finding standing, IReadOnlyList<Finding> raised) =>
        raised.FirstOrDefault(finding => FindingContinuation.IsSame(standing, finding))
        ?? raised.FirstOrDefault(finding => finding.Detector == standing.Detector && finding.Kind == standing.Kind
            && finding.ActorKind == standing.ActorKind && finding.ActorValue == standing.ActorValue
            && TunedSetting.IsAlarm(finding))
        ?? Sharing(standing, raised);

    private Finding? Sharing(Finding standing, IReadOnlyList<Finding> raised)
    {
        if (!PicksViews(standing))
            return null;
        var picked = Predicate.Parse(standing.Where).OrThrow();
        var views = Views(standing.Where, picked);
        return views == 0 ? null : raised
            .Where(finding => PicksViews(finding) && TunedSetting.IsAlarm(finding)
                && finding.First <= standing.Last && standing.First <= finding.Last)
            .OrderBy(finding => finding.Raised)
            .FirstOrDefault(finding => 2 * Views(
                $"({standing.Where}) and ({finding.Where})",
                Predicate.And(picked, Predicate.Parse(finding.Where).OrThrow())) >= views);
    }

    private static bool PicksViews(Finding finding) => finding.Kind == FindingKind.Access && finding.Where.Length > 0;

    private long Views(string text, Predicate predicate)
    {
        if (!_views.TryGetValue(text, out var views))
            _views.Add(text, views = ledger.Summarise([predicate])[0].Views);
        return views;
    }
}
