using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Incidents.Cases;

/// <summary>What is established of the leak.</summary>
public enum CaseState
{
    /// <summary>A sign, and nothing more.</summary>
    Signal,
    Suspected,
    Confirmed,
    Refuted,
}

/// <summary>
/// An incident being handled: its events in the order in which they were recorded, and what follows from them. Changed
/// only by adding an event.
/// </summary>
public sealed class Case
{
    public const string DrillPrefix = "DRILL";
    private readonly List<CaseEvent> _events;
    private readonly List<CaseEvent> _standing;

    private Case(List<CaseEvent> events)
    {
        _events = events;
        var withdrawn = events.Select(each => each.Withdraws).OfType<int>().ToHashSet();
        _standing = events.FindAll(each => !withdrawn.Contains(each.Number));
    }

    public string Id => _events[0].Case;
    public bool IsDrill => _events[0].Drill;
    public IReadOnlyList<CaseEvent> Events => _events;

    /// <summary>Without those that somebody withdrew: what counts.</summary>
    public IReadOnlyList<CaseEvent> Standing => _standing;
    public bool IsClosed => _events[^1].Kind == CaseEventKind.Closed;

    /// <summary>
    /// By the latest of what was found out, by the time of the events: a refutation after a confirmation counts, and
    /// the other way round.
    /// </summary>
    public CaseState State => _standing.OrderBy(each => each.At).ThenBy(each => each.Number)
        .Select(each => StateOf(each.Kind)).OfType<CaseState>()
        .Aggregate(CaseState.Signal, (before, found) =>
            found == CaseState.Suspected && before == CaseState.Confirmed ? before : found);

    /// <summary>All facts, the latest statement of each.</summary>
    public CaseFacts Facts => CaseFacts.Of(_standing);

    /// <summary>The latest scope; null before the first.</summary>
    public CaseScope? Scope => _events.FindLast(each => each.Kind == CaseEventKind.ScopeIssued) is { } issued
        ? CaseScope.Of(issued)
        : null;

    /// <summary>The findings that it was opened from or that were named later, each once.</summary>
    public IReadOnlyList<string> Findings => [.. _standing.SelectMany(each => each.Evidence)
        .Where(each => each.StartsWith("finding:", StringComparison.Ordinal))
        .Select(each => each["finding:".Length..]).Distinct()];

    /// <summary>The earliest event of these kinds by the time that it happened; null when there is none.</summary>
    public CaseEvent? Earliest(params IEnumerable<CaseEventKind> kinds)
    {
        var wanted = kinds.ToHashSet();
        return _standing.Where(each => wanted.Contains(each.Kind)).OrderBy(each => each.At).ThenBy(each => each.Number)
            .FirstOrDefault();
    }

    public IEnumerable<CaseEvent> All(params IEnumerable<CaseEventKind> kinds)
    {
        var wanted = kinds.ToHashSet();
        return _standing.Where(each => wanted.Contains(each.Kind)).OrderBy(each => each.At).ThenBy(each => each.Number);
    }

    /// <summary>The next version of a scope or, with its template, of a notice.</summary>
    public int NextVersion(CaseEventKind kind) =>
        _events.Where(each => each.Kind == kind).Select(each => each.Version ?? 0).DefaultIfEmpty(0).Max() + 1;

    /// <summary>The case as it is after an event; the event was checked by <see cref="CaseRules"/>.</summary>
    public Case With(CaseEvent added) => new([.. _events, added]);

    /// <summary>
    /// All cases of a journal in the order of their opening. Throws <see cref="FormatException"/> when the events of a
    /// case do not begin with its opening or have a hole: then the journal was not written by this product.
    /// </summary>
    public static IReadOnlyList<Case> All(IEnumerable<CaseEvent> events)
    {
        var cases = new OrderedDictionary<string, List<CaseEvent>>(StringComparer.Ordinal);
        foreach (var each in events)
        {
            if (!cases.TryGetValue(each.Case, out var list))
                cases.Add(each.Case, list = []);
            if (each.Number != list.Count + 1 || (list.Count == 0) != (each.Kind == CaseEventKind.Opened))
                throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                    $"case {each.Case} has an event {each.Number} ({each.Kind}) where {list.Count + 1} was to come"));
            list.Add(each);
        }
        return [.. cases.Values.Select(list => new Case(list))];
    }

    /// <summary>A case that begins with this event.</summary>
    public static Case Begin(CaseEvent opened) => All([opened])[0];

    /// <summary>The id of the next case, or of the next exercise.</summary>
    public static string NextId(IEnumerable<Case> cases, bool drill) => string.Create(CultureInfo.InvariantCulture,
        $"{(drill ? DrillPrefix : "C")}{cases.Count(each => each.IsDrill == drill) + 1}");

    private static CaseState? StateOf(CaseEventKind kind) =>
        kind == CaseEventKind.LeakConfirmed ? CaseState.Confirmed
        : kind == CaseEventKind.LeakRefuted ? CaseState.Refuted
        : kind == CaseEventKind.LeakSuspected || kind == CaseEventKind.IllegalAccessKnown ? CaseState.Suspected
        : null;
}
