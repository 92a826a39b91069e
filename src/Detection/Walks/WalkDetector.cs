using System.Globalization;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Walks;

/// <summary>
/// Somebody reads one account after the other: in order of the ids, by a stride, or all over the range, but never the
/// same one twice, where people come back.
/// </summary>
internal sealed class WalkDetector(DetectionContext context, WalkOptions options, MemoryOptions memory) : Detector
{
    private const double MostAtFirst = 0.05;
    private const int AdjacentFrom = 3;
    private const int LeastDraws = 200;

    private readonly PersonOrdinals _people = new();

    // Different people whom anybody saw: there are at least so many to draw from.
    private HyperLogLog _population = new(14);

    private readonly WalkerTable[] _tables =
    [
        new(ActorKind.Client, memory.Walkers), new(ActorKind.Network, memory.Walkers),
        new(ActorKind.Credential, memory.Walkers), new(ActorKind.Principal, memory.Walkers),
    ];

    public override string Name => "walk";
    internal override IEnumerable<MemoryLimit> Limits => _tables.Select(table => table.Limit);

    /// <param name="LogChance">ln of the chance that a population of such actors has one like it.</param>
    private sealed record Found(
        ActorKind Kind, ulong Value, Walker Walker, SessionSample Rows, bool IsOrdered, double LogChance, double Rate);

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            // A number from the dictionary says nothing about order.
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0 || batch.Subject[row].Value < 0)
                continue;
            if (!batch.Principal[row].IsNone)
            {
                See(_tables[3], (ulong)batch.Principal[row].Index, batch, row);
                continue;
            }
            if (batch.Outcome[row] == Outcome.Disclosed)
                _population.Add(_people.Of(batch.Subject[row]));
            See(_tables[0], (ulong)batch.Client[row].Index, batch, row);
            // Who signs up on one day comes in order of the ids, from a network of many, and looks at himself.
            var isAtHome = batch.Subject[row] == batch.Account[row]
                && (batch.Traits[row] & (Trait.Unissued | Trait.FirstPage)) == 0;
            if (!isAtHome && batch.Network[row] != batch.Client[row])
                See(_tables[1], (ulong)batch.Network[row].Index, batch, row);
            if ((batch.Traits[row] & Trait.SomeoneElse) != 0)
                See(_tables[2], batch.Credential[row], batch, row);
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var found = AllFound().Where(walk => !IsTold(walk, Causes)).ToList();
        // One walk is seen by its session, its address and its network: the narrowest that has most of it tells.
        var people = found.Where(walk => walk.Kind != ActorKind.Principal).GroupBy(walk => (walk.IsOrdered, walk.Kind))
            .GroupBy(group => group.Key.IsOrdered)
            .Select(kinds => kinds.OrderByDescending(group => group.Sum(walk => walk.Rows.Count) / 4)
                .ThenByDescending(group => group.Key.Kind == ActorKind.Credential).ThenBy(group => group.Key.Kind)
                .First().ToList());
        var staff = found.Where(walk => walk.Kind == ActorKind.Principal).Select(walk => new List<Found> { walk });
        var told = people.OrderByDescending(group => group[0].IsOrdered).Take(1).Concat(staff);
        return told.Select(Report).OrderBy(finding => finding.Raised)
            .ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    internal override IEnumerable<Evidence> EvidenceAbout(Causes causes)
    {
        var theirs = AllFound().Where(walk => walk.IsOrdered && IsTold(walk, causes))
            .MaxBy(walk => walk.Walker.Ordered);
        if (theirs is null)
            yield break;
        yield return new Evidence(
            "accounts in order of their ids", Words.Of(theirs.Walker.Ordered, theirs.Walker.Steps, "steps"),
            AtMost(theirs.Rate));
    }

    public override void Save(BinaryWriter state)
    {
        _people.Save(state);
        _population.Save(state);
        foreach (var table in _tables)
            table.Save(state, context.Catalog);
    }

    public override void Restore(BinaryReader state)
    {
        _people.Restore(state);
        _population = HyperLogLog.Restore(state);
        foreach (var table in _tables)
            table.Restore(state, context.Catalog);
    }

    private void See(WalkerTable table, ulong value, AccessBatch batch, int row)
    {
        if (value == 0 || table.Of(value, batch.Subject[row].Value) is not { } walker)
            return;
        var steps = walker.Steps;
        if (walker.Step(batch, row, context.Catalog, options.MostGap) && walker.Ordered >= AdjacentFrom
            && table.Kind is ActorKind.Client or ActorKind.Credential)
            batch.Traits[row] |= Trait.Adjacent;
        if (walker.Steps > steps && table.Kind is ActorKind.Client or ActorKind.Network
            && batch.Outcome[row] == Outcome.Disclosed)
            walker.Draw(batch, row, context.Catalog, _people.Of(batch.Subject[row]));
    }

    private static bool IsTold(Found walk, Causes causes) =>
        walk.Kind == ActorKind.Principal
            ? causes.Name(new Symbol((int)walk.Value))
            : causes.Name(walk.Rows);

    private IEnumerable<Found> AllFound() => _tables.SelectMany(Ordered).Concat(_tables.SelectMany(Covering));

    /// <summary>
    /// Binomial: of so many steps so many in order, where the others of that kind have the rate p₀, learned without
    /// those who are found.
    /// </summary>
    private List<Found> Ordered(WalkerTable table)
    {
        var found = new List<Found>();
        for (var pass = 0; pass < 8; pass++)
        {
            var walks = found.Select(walk => walk.Value).ToHashSet();
            long ordered = 0, steps = 0;
            foreach (var (value, walker) in table.All)
                if (!walks.Contains(value))
                    (ordered, steps) = (ordered + walker.Ordered, steps + walker.Steps);
            var rate = Math.Max(options.LeastRate, (ordered + 1.0) / (steps + 200));
            // A theft that is most of the traffic must not become ordinary before it is found. Services go through the
            // accounts by right: where most do, it is.
            if (pass == 0 && table.Kind != ActorKind.Principal)
                rate = Math.Min(rate, MostAtFirst);
            if (rate > options.MostRate)
                return [];
            var next = new List<Found>();
            foreach (var (value, walker) in table.All)
                if (walker.Ordered >= options.LeastSteps && walker.Ordered >= options.LeastShare * walker.Steps
                    && Chance.BinomialTail(walker.Steps, walker.Ordered, rate) + Math.Log(table.Count) is var chance
                    && chance <= Math.Log(options.FalseAlarms))
                    next.Add(new Found(table.Kind, value, walker, walker.OrderedRows!, true, chance, rate));
            if (next.Count == found.Count)
                return next;
            found = next;
        }
        return found;
    }

    /// <summary>
    /// Two comparisons, and both must be beyond chance. Poisson: of n people drawn from N, n²/2N should be met again.
    /// Binomial: of so many draws so many go to somebody again among the others of that kind; on a first day, when
    /// hardly anybody comes twice, that is hardly any.
    /// </summary>
    private IEnumerable<Found> Covering(WalkerTable table)
    {
        long draws = 0, repeats = 0;
        var candidates = new List<(ulong Value, Walker Walker)>();
        foreach (var (value, walker) in table.All)
        {
            if (walker.CoveringRows is not null && walker.Draws >= LeastDraws)
                candidates.Add((value, walker));
            else
                (draws, repeats) = (draws + walker.Draws, repeats + walker.Repeats);
        }
        var others = Math.Max(context.Accounts.Count, _population.Estimate);
        foreach (var (value, walker) in candidates)
        {
            var elsewhere = (Draws: draws + candidates.Sum(c => c.Walker.Draws) - walker.Draws,
                Repeats: repeats + candidates.Sum(c => c.Walker.Repeats) - walker.Repeats);
            if (elsewhere.Draws < LeastDraws)
                continue;
            var mean = (double)walker.Draws * walker.Draws / (2 * others);
            var share = (double)elsewhere.Repeats / elsewhere.Draws;
            var chance = Math.Log(table.Count) + Math.Max(
                Chance.PoissonHead(mean, walker.Repeats),
                Chance.BinomialTail(walker.Draws, walker.Draws - walker.Repeats, 1 - share));
            if (chance <= Math.Log(options.FalseAlarms))
                yield return new Found(table.Kind, value, walker, walker.CoveringRows!, false, chance, mean);
        }
    }

    private Finding Report(List<Found> walks)
    {
        var (kind, lead) = (walks[0].Kind, walks.MaxBy(walk => walk.Rows.Count)!);
        var values = walks.Select(walk => TextOf(kind, walk.Value)).ToList();
        var (first, last) = (walks.Min(walk => walk.Rows.First), walks.Max(walk => walk.Rows.Last));
        var column = kind.ToString().ToLowerInvariant();
        var isPure = walks.All(walk => !walk.IsOrdered || walk.Walker.Ordered >= 0.8 * walk.Walker.Steps);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            // Services that go through the accounts do so by right, mostly.
            Severity = kind == ActorKind.Principal ? Severity.Low : lead.IsOrdered ? Severity.High : Severity.Medium,
            Raised = walks.Min(walk => walk.IsOrdered
                ? walk.Walker.Raised(
                    Math.Log(options.FalseAlarms), walk.Rate, _tables.First(t => t.Kind == kind).Count)
                : walk.Rows.Last),
            First = first,
            Last = last,
            Title = lead.IsOrdered
                ? "Accounts are read in the order of their ids" : "Accounts are read all over, and never one twice",
            Why = lead.IsOrdered
                ? $"{Words.Of(lead.Walker.Ordered, lead.Walker.Steps, "steps")} from one account to another go on in "
                    + $"order; of others {AtMost(lead.Rate)} do."
                : $"{Words.Number(lead.Walker.Draws)} accounts were gone to, {Words.Number(lead.Walker.Repeats)} of "
                    + $"them again; who draws at random from all would have come back to {Words.Number(lead.Rate)}.",
            Evidence =
            [
                .. walks.Take(3).Select(walk => walk.IsOrdered
                    ? new Evidence(
                        "accounts in order of their ids", Words.Of(walk.Walker.Ordered, walk.Walker.Steps, "steps"),
                        AtMost(walk.Rate))
                    : new Evidence(
                        "accounts gone to again", Words.Of(walk.Walker.Repeats, walk.Walker.Draws, "times"),
                        "by chance " + Words.Number(walk.Rate))),
            ],
            ActorKind = column,
            ActorValue = TextOf(kind, lead.Value),
            Where = Literals.In(column, values) + (isPure ? "" : " and adjacent")
                + (kind == ActorKind.Credential ? " and someone-else" : $" and time between '{first}' and '{last}'"),
            Technique = "T1119",
            Samples = [.. walks.SelectMany(walk => walk.Rows.Locations).Take(5)],
        };
    }

    private static string AtMost(double rate) => Words.Number(Math.Ceiling(100 * rate)) + " % at most";

    private string TextOf(ActorKind kind, ulong value) => kind == ActorKind.Credential
        ? value.ToString("x16", CultureInfo.InvariantCulture)
        : context.Catalog.Symbols.Text(new Symbol((int)value))!;
}
