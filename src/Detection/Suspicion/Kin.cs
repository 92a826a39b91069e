using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Other sessions of an account of which one was found reading others. Few such accounts are looked at, not all
/// there are, so what would be chance among all of them is none here.
/// </summary>
internal static class Kin
{
    // ln of a thousand: so sure when some tens are looked at.
    private const double Enough = 7;

    /// <summary>
    /// The cover, where an account read others in further sessions with a clause that means them all.
    /// </summary>
    public static IReadOnlyList<Covered> Join(
        Observations observations, List<int> members, double[] weights, IReadOnlyList<Covered> cover)
    {
        var covered = cover.SelectMany(each => each.Observations).ToHashSet();
        var accounts = covered.Where(i => ReadsOthers(observations[i])).Select(i => observations[i].Account)
            .Where(account => !account.IsNone).ToHashSet();
        var joined = cover.ToList();
        foreach (var kin in members.Where(i => !covered.Contains(i) && accounts.Contains(observations[i].Account)
                && ReadsOthers(observations[i]))
            .GroupBy(i => observations[i].Account).OrderBy(group => group.Key.Value))
        {
            var further = kin.ToList();
            if (further.Sum(i => Math.Max(0, weights[i])) < Enough)
                continue;
            var same = joined.Where(each => each.Observations.All(i => observations[i].Account == kin.Key)).ToList();
            joined.RemoveAll(same.Contains);
            var all = same.SelectMany(each => each.Observations).Concat(further).Order().ToList();
            joined.Add(new Covered(
                new Clause(new Actor(ActorKind.Account, (ulong)kin.Key.Value + 1)),
                same.Sum(each => each.Weight) + further.Sum(i => weights[i]),
                (double)all.Count(i => weights[i] > 0) / all.Count, all));
        }
        return joined;
    }

    private static bool ReadsOthers(in Observation observation) =>
        (observation.Traits & Trait.SomeoneElse) != 0;
}
