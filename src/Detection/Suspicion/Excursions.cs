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
        Observations observations, IEnumerable<int> members, double[] weights, double threshold)
    {
        var found = new List<Covered>();
        foreach (var principal in members.GroupBy(i => Actor.ValueOf(observations[i], ActorKind.Principal))
            .Where(group => group.Key != 0).OrderBy(group => group.Key))
        {
            var order = principal.OrderBy(i => observations[i].Time).ToList();
            if (Highest(order, weights) <= threshold)
                continue;
            var odd = order.Where(i => weights[i] > 0).ToList();
            var clause = new Clause(new Actor(ActorKind.Principal, principal.Key));
            // Reads without a ticket are marked one by one; late hours are not, and are told as stretches of time.
            var marked = odd.Where(i => (observations[i].Traits & Trait.NoTicket) != 0).ToList();
            var isMarked = marked.Sum(i => weights[i]) > threshold;
            if (isMarked)
                (clause, odd) = (clause with { Trait = Trait.NoTicket }, marked);
            found.Add(new Covered(clause, odd.Sum(i => weights[i]), (double)odd.Count / order.Count, odd)
            {
                Windows = isMarked ? [] : [.. WindowsOf(observations, odd)],
            });
        }
        return found;
    }

    /// <summary>The most that the evidence of any actor came to; 0 where there is none.</summary>
    public static double Largest(
        Observations observations, List<int> members, double[] weights, ActorKind[] kinds)
    {
        var sums = new Dictionary<Actor, double>();
        var largest = 0.0;
        Span<Actor> actors = stackalloc Actor[8];
        foreach (var i in members.OrderBy(i => observations[i].Time))
        {
            var count = Actor.Of(observations[i], actors);
            for (var a = 0; a < count; a++)
            {
                if (!kinds.Contains(actors[a].Kind))
                    continue;
                var sum = Math.Max(0, sums.GetValueOrDefault(actors[a]) + weights[i]);
                if (sum > 0)
                    sums[actors[a]] = sum;
                else
                    sums.Remove(actors[a]);
                largest = Math.Max(largest, sum);
            }
        }
        return largest;
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

    private static IEnumerable<Window> WindowsOf(Observations observations, List<int> odd)
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
