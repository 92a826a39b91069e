using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>Says in words what a cover found: who, since when, and each trait with its comparison.</summary>
internal sealed class SuspicionReport(
    DetectionContext context, SuspicionOptions options, IReadOnlyList<SuspicionTrait> traits, TraitRates rates,
    ObservationLog log, double[] weights)
{
    private readonly Observations _observations = log.All;

    public Finding Of(string detector, Theft theft, List<int> members, IReadOnlyList<Covered> cover)
    {
        var covered = cover.SelectMany(c => c.Observations).Order().ToList();
        var inside = new HashSet<int>(covered);
        var elsewhere = members.Where(i => !inside.Contains(i)).ToList();
        var (kind, value) = Lead(cover[0].Clause.First);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            Severity = Severity.High,
            Raised = Raised(theft, cover, members),
            First = covered.Min(i => _observations[i].Time),
            Last = covered.Max(i => _observations[i].Time),
            Title = theft switch
            {
                Theft.Pass => "Sessions without a log-in go straight to personal data",
                Theft.NoLogin => "Sessions that never logged in read people's data",
                Theft.Others => "A session reads other people's data",
                Theft.Insider => $"{value} reads people's data as nobody in the role does",
                _ => $"{value} is used from where it never was",
            },
            Why = string.Create(CultureInfo.InvariantCulture,
                $"The evidence is {cover.Sum(c => c.Weight):N0} over {Counted.Of(covered.Count, "observation")}; ")
                + string.Create(CultureInfo.InvariantCulture, $"{options.Threshold:0.0} is beyond chance."),
            Evidence = [.. Reasons(covered, elsewhere)],
            ActorKind = kind,
            ActorValue = value,
            Where = Where(
                cover, covered.Count(i => (_observations[i].Traits & Trait.SomeoneElse) != 0) * 2 > covered.Count),
            Technique = theft switch { Theft.Pass or Theft.NoLogin => "T1550", Theft.Others => "T1213", _ => "T1078" },
            Samples = [.. covered.Take(5).Select(log.LocationOf)],
        };
    }

    /// <summary>What was not weighed, because everybody showed it.</summary>
    public static Finding Of(string detector, Suspension suspension) => new()
    {
        Kind = FindingKind.Coverage,
        Detector = detector,
        Severity = Severity.Low,
        Raised = suspension.To,
        First = suspension.From,
        Last = suspension.To,
        Title = $"'{suspension.Trait.Words}' showed in everybody at once and was not weighed",
        Why = $"From {suspension.From} to {suspension.To} the trait jumped in most kinds of software or most "
            + "employees: an outage, not thieves. A theft in this stretch is harder to see.",
        ActorKind = "",
        ActorValue = "",
        Where = "",
    };

    /// <summary>
    /// When the first actor of the cover passed the threshold, its evidence counted from its first record on.
    /// </summary>
    private EventTime Raised(Theft theft, IReadOnlyList<Covered> cover, List<int> members)
    {
        var sums = new Dictionary<Actor, double>();
        var wanted = new HashSet<int>(cover.SelectMany(c => c.Observations));
        Span<Actor> actors = stackalloc Actor[8];
        foreach (var i in members.OrderBy(i => _observations[i].Time))
        {
            var count = Actor.Of(_observations[i], actors);
            for (var a = 0; a < count; a++)
            {
                if (theft == Theft.Insider && actors[a].Kind != ActorKind.Principal)
                    continue;
                var sum = Math.Max(0, sums.GetValueOrDefault(actors[a]) + weights[i]);
                sums[actors[a]] = sum;
                if (sum > options.Threshold && wanted.Contains(i))
                    return _observations[i].Time;
            }
        }
        // The evidence of single actors never passed it alone: conjunctions did, at their last observation at the
        // latest.
        return cover.Min(c => _observations[c.Observations[^1]].Time);
    }

    private IEnumerable<Evidence> Reasons(List<int> covered, List<int> elsewhere)
    {
        for (var k = 0; k < traits.Count; k++)
        {
            var trait = traits[k];
            var here = covered.Count(i => (_observations[i].Traits & trait.Bit) != 0);
            if (here * 20 < covered.Count)
                continue;
            var there = elsewhere.Count(i => (_observations[i].Traits & trait.Bit) != 0);
            var weight = Math.Log(trait.RateAmongThefts / rates.Ordinary(k, _observations.KindOf(covered[0])));
            yield return new Evidence(
                trait.Words,
                Share(here, covered.Count)
                    + " (weighs " + weight.ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + ")",
                Share(there, elsewhere.Count));
        }
        var clients = covered.Select(i => _observations[i].Client).Where(c => !c.IsNone).Distinct().Count();
        var networks = covered.Select(i => _observations[i].Network).Where(n => !n.IsNone).Distinct().Count();
        yield return new Evidence(
            "from",
            $"{Counted.Of(clients, "address", "addresses")} in {Counted.Of(networks, "network")}", "");
    }

    private (string Kind, string Value) Lead(Actor actor) => (actor.Kind.ToString().ToLowerInvariant(), ValueOf(actor));

    private string ValueOf(Actor actor) => actor.Kind switch
    {
        ActorKind.Credential => actor.Value.ToString("x16", CultureInfo.InvariantCulture),
        ActorKind.Account => context.Catalog.Subjects.Text(new SubjectId((long)actor.Value - 1)),
        _ => context.Catalog.Symbols.Text(new Symbol((int)actor.Value))!,
    };

    private string Where(IReadOnlyList<Covered> cover, bool readsOthers)
    {
        var singles = cover.Where(c => c.Clause.Second is null && c.Windows.Count == 0)
            .GroupBy(c => (c.Clause.First.Kind, c.Clause.Trait)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Trait)
            .Select(g => With(LiteralOf(g.Key.Kind, g), g.Key.Trait));
        var pairs = cover.Where(c => c.Clause.Second is not null)
            .GroupBy(c => (c.Clause.First.Kind, c.Clause.Second!.Value, c.Clause.Trait))
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Value.Kind).ThenBy(g => g.Key.Value.Value)
            .ThenBy(g => g.Key.Trait)
            .Select(g => "(" + With(
                LiteralOf(g.Key.Kind, g) + " and " + (g.Key.Value.Kind == ActorKind.System
                    ? Literals.In("network", NetworksOf(g))
                    : $"{Column(g.Key.Value.Kind)} = {Literals.Text(ValueOf(g.Key.Value))}"), g.Key.Trait) + ")");
        var stretches = cover.Where(c => c.Windows.Count > 0).Select(Stretches);
        var any = string.Join(" or ", singles.Concat(pairs).Concat(stretches));
        if (!readsOthers)
            return any;
        return any.Contains(" or ", StringComparison.Ordinal) ? $"({any}) and someone-else" : any + " and someone-else";
    }

    private string LiteralOf(ActorKind kind, IEnumerable<Covered> covered) => kind == ActorKind.System
        ? Literals.In("network", NetworksOf(covered))
        : Literals.In(Column(kind), covered.Select(c => ValueOf(c.Clause.First)));

    // The evidence has no column for autonomous systems: those networks of it that were seen stand for it.
    private IEnumerable<string> NetworksOf(IEnumerable<Covered> covered) =>
        covered.SelectMany(c => c.Observations).Select(i => _observations[i].Network).Where(n => !n.IsNone).Distinct()
            .Select(network => context.Catalog.Symbols.Text(network)!);

    private static string With(string literal, Trait trait) =>
        trait == Trait.None ? literal : literal + " and " + TraitNames.All.First(name => name.Trait == trait).Name;

    private string Stretches(Covered covered)
    {
        var times = string.Join(
            " or ", covered.Windows.Select(window => $"time between '{window.From}' and '{window.To}'"));
        return $"({Column(covered.Clause.First.Kind)} = {Literals.Text(ValueOf(covered.Clause.First))} and ({times}))";
    }

    private static string Column(ActorKind kind) => kind.ToString().ToLowerInvariant();

    private static string Share(int part, int whole) =>
        whole == 0 ? "none"
        : part == whole ? "all"
        : (100.0 * part / whole).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
