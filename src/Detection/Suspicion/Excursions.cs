using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Employees whose evidence passes the threshold for a while though the honest work of their days outweighs it: the
/// one-sided CUSUM says when, and the stretches of odd observations say which.
/// </summary>
internal static class Excursions
{
    // Odd reads that are closer than this are one stretch.
    private const long Apart = EventTime.Hour;

    public static IReadOnlyList<Covered> Of(
        IReadOnlyList<Observation> observations, IEnumerable<int> members, double[] weights, double threshold)
    {
        var found = new List<Covered>();
        foreach (var principal in members.GroupBy(i => Actor.ValueOf(observations[i], ActorKind.Principal))
            .Where(group => group.Key != 0).OrderBy(group => group.Key))
        {
            var order = principal.OrderBy(i => observations[i].Time).ToList();
            if (Highest(order, weights) <= threshold)
                continue;
            var odd = order.Where(i => weights[i] > 0).ToList();
            found.Add(new Covered(
                new Clause(new Actor(ActorKind.Principal, principal.Key)), odd.Sum(i => weights[i]),
                (double)odd.Count / order.Count, odd)
            {
                Windows = [.. WindowsOf(observations, odd)],
            });
        }
        return found;
    }

    private static double Highest(List<int> order, double[] weights)
    {
        var (sum, highest) = (0.0, 0.0);
        foreach (var i in order)
        {
            sum = Math.Max(0, sum + weights[i]);
            highest = Math.Max(highest, sum);
        }
        return highest;
    }

    private static IEnumerable<Window> WindowsOf(IReadOnlyList<Observation> observations, List<int> odd)
    {
        var (from, to) = (observations[odd[0]].Time, observations[odd[0]].Time);
        foreach (var i in odd)
        {
            if (observations[i].Time - to > Apart)
            {
                yield return new Window(from, to);
                from = observations[i].Time;
            }
            to = observations[i].Time;
        }
        yield return new Window(from, to);
    }
}
