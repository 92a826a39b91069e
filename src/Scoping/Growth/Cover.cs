using WhoSaw.Records;

namespace WhoSaw.Scoping.Growth;

/// <summary>A literal to be: values of one column, and a trait or none (0).</summary>
internal sealed record Candidate(
    string Column, IReadOnlyList<int> Suspects, long Trait, long Evidence, long Observations, long Positive)
{
    /// <summary>
    /// Sessions that are ordinary by themselves and read others: what they read of their own is no theft.
    /// </summary>
    public bool ReadsOthers { get; init; }

    public double Purity => (double)Positive / Observations;

    public double PurityAtLeast => Statistics.Wilson(Positive, Observations);
}

/// <summary>
/// The purest values first, as long as what is left holds evidence. A value that honest people share comes last, when
/// the pure ones have taken what it was suspected for.
/// </summary>
internal sealed class Cover(ObservationTable table, GrowthOptions options)
{
    private readonly long _threshold = (long)Math.Ceiling(table.Threshold * 1e6);

    private readonly long _kinThreshold = (long)Math.Ceiling(options.KinEvidence * 1e6);

    private struct Tally
    {
        public long Evidence;
        public long Count;
        public long Positive;
        public long Others;
    }

    /// <param name="among">The suspects that may be used.</param>
    public (List<Candidate> Steps, List<int> Left) Run(HashSet<int> among)
    {
        var left = table.Groups.Where(group => group.Suspects.Any(among.Contains)).ToList();
        var steps = new List<Candidate>();
        var (taken, untaken) = (new List<ObservationGroup>(), table.Groups.ToList());
        void Take(Candidate step)
        {
            steps.Add(step);
            taken.AddRange(untaken.Where(group => Takes(step, group)));
            left.RemoveAll(group => Takes(step, group));
            untaken.RemoveAll(group => Takes(step, group));
        }
        while (steps.Count < options.MostSteps)
        {
            var step = Best(left, among, 0);
            if (step is null || step.Purity < options.LeastPurity)
                step = TraitNames.All.Select(trait => Best(left, among, (long)trait.Trait)).OfType<Candidate>()
                    .Where(candidate => candidate.Purity >= options.LeastPurity)
                    .OrderByDescending(candidate => candidate.PurityAtLeast).FirstOrDefault();
            if (step is null)
                break;
            Take(step);
        }
        for (var kin = Kin(taken); steps.Count > 0 && steps.Count < options.MostSteps; kin = Kin(taken))
        {
            var step = Best(untaken, kin, 0, _kinThreshold);
            if (step is null || step.Purity < options.LeastPurity)
                break;
            Take(step);
        }
        var remaining = Tallies(left, among, 0).Where(pair => pair.Value.Evidence > _threshold)
            .Select(pair => pair.Key.Suspect).Distinct().Order().ToList();
        return (steps, remaining);
    }

    // Sessions and accounts that stand in one observation with those of a theft that was taken.
    private HashSet<int> Kin(List<ObservationGroup> taken)
    {
        var tied = taken.SelectMany(group => Narrow(group)).ToHashSet();
        return [.. table.Groups.Where(group => Narrow(group).Any(tied.Contains)).SelectMany(group => Narrow(group))];
    }

    private IEnumerable<int> Narrow(ObservationGroup group) => group.Suspects.Where(suspect =>
        suspect >= 0 && table.Suspects[suspect].Column is ("credential" or "account" or "principal"));

    private bool Takes(Candidate step, ObservationGroup group) =>
        step.Suspects.Any(suspect => Array.IndexOf(group.Suspects, suspect) >= 0) &&
        (step.Trait == 0 || (table.Weights[group.Weight].Traits & step.Trait) != 0);

    private Candidate? Best(
        List<ObservationGroup> left, HashSet<int> among, long trait, long? threshold = null)
    {
        var candidates = Tallies(left, among, trait).Where(pair => pair.Value.Evidence > (threshold ?? _threshold))
            .Select(pair => new Candidate(table.Suspects[pair.Key.Suspect].Column, [pair.Key.Suspect], trait,
                pair.Value.Evidence, pair.Value.Count, pair.Value.Positive)
            { ReadsOthers = pair.Key.Kind == UnitKind.PersonSeen && 2 * pair.Value.Others > pair.Value.Count })
            .ToList();
        // Eight pure addresses of a hundred sessions each are surer than a key of eight hundred, six of them honest.
        return candidates.GroupBy(candidate => candidate.Column).Select(Together)
            .OrderByDescending(candidate => candidate.PurityAtLeast).ThenBy(candidate => candidate.Suspects[0])
            .FirstOrDefault();
    }

    // The purest value of a column and those that are as pure: they are one literal.
    private Candidate Together(IEnumerable<Candidate> column)
    {
        var best = column.OrderByDescending(candidate => candidate.PurityAtLeast)
            .ThenBy(candidate => candidate.Suspects[0]).First();
        var alike = column.Where(candidate => candidate.Purity >= best.Purity - options.SamePurity).ToList();
        return best with
        {
            Suspects = [.. alike.Select(candidate => candidate.Suspects[0]).Distinct().Order()],
            Evidence = alike.Sum(candidate => candidate.Evidence),
            Observations = alike.Sum(candidate => candidate.Observations),
            Positive = alike.Sum(candidate => candidate.Positive),
            ReadsOthers = alike.TrueForAll(candidate => candidate.ReadsOthers),
        };
    }

    private Dictionary<(int Suspect, UnitKind Kind), Tally> Tallies(
        List<ObservationGroup> groups, HashSet<int> among, long trait)
    {
        var tallies = new Dictionary<(int Suspect, UnitKind Kind), Tally>();
        foreach (var group in groups)
        {
            var weight = table.Weights[group.Weight];
            if (trait != 0 && (weight.Traits & trait) == 0)
                continue;
            var each = trait == 0 ? weight.Total : weight.Without(trait);
            foreach (var suspect in group.Suspects)
            {
                if (suspect < 0 || !among.Contains(suspect))
                    continue;
                ref var tally = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    tallies, (suspect, weight.Kind), out _);
                tally.Evidence += each * group.Count;
                tally.Count += group.Count;
                tally.Positive += each > 0 ? group.Count : 0;
                tally.Others += (weight.Traits & (long)Trait.SomeoneElse) != 0 ? group.Count : 0;
            }
        }
        return tallies;
    }
}
