using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The order in which a theft goes through the ids, just before and just after a gap. Where the ids rise or fall with
/// time, only the accounts between the two sides can have been read in between.
/// </summary>
internal sealed class GapWalk(ScopeEngine engine, Predicate predicate)
{
    private const int Looked = 400;
    private const int Least = 30;

    // Threads and streams mix neighbours up a little: the range begins and ends with so many of them.
    private const int Mixed = 60;
    private const double Steady = 0.85;

    /// <summary>
    /// How many listed accounts without an exposure lie between the sides, and whether the ids rise; null where there
    /// is no order, too little to tell, or the walk has turned.
    /// </summary>
    public (long Accounts, bool Rises)? Between(CoverageGap gap, long reach)
    {
        var before = Subjects(gap.From.Plus(-reach), gap.From, "DESC");
        before.Reverse();
        var after = Subjects(gap.To, gap.To.Plus(reach), "ASC");
        if (Direction(before) is not { } rises || Direction(after) != rises)
            return null;
        var (left, right) = (before.TakeLast(Mixed).ToList(), after.Take(Mixed).ToList());
        var (low, high) = rises ? (left.Min(), right.Max()) : (right.Min(), left.Max());
        var goesOn = rises ? left.Average() < right.Average() : left.Average() > right.Average();
        return goesOn ? (Listed(low, high), rises) : null;
    }

    private List<long> Subjects(EventTime from, EventTime to, string direction)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        return engine.Database.All($"""
            SELECT subject FROM disclosed
            WHERE "time" >= {parameters.Add(from.ToUtc())} AND "time" < {parameters.Add(to.ToUtc())} AND {where}
                  AND subject >= 0
            ORDER BY "time" {direction}, file, "offset" LIMIT {parameters.Add((long)Looked)}
            """, parameters.Values, row => row.GetInt64(0));
    }

    private static bool? Direction(List<long> subjects)
    {
        var steps = subjects.Zip(subjects.Skip(1)).Where(pair => pair.First != pair.Second).ToList();
        if (steps.Count < Least)
            return null;
        // over a distance, so that neighbours that are mixed up do not hide the direction
        var far = subjects.Zip(subjects.Skip(Least)).ToList();
        var rising = far.Count(pair => pair.Second > pair.First) / (double)Math.Max(1, far.Count);
        return far.Count < Least ? null : rising >= Steady ? true : rising <= 1 - Steady ? false : null;
    }

    private long Listed(long low, long high)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        return engine.Database.One($"""
            SELECT count(*) FROM (
                SELECT DISTINCT account FROM directory
                WHERE account BETWEEN {parameters.Add(low)} AND {parameters.Add(high)}
                      AND account NOT IN (SELECT account FROM canary)
                EXCEPT SELECT subject FROM disclosed WHERE {where})
            """, parameters.Values, row => row.GetInt64(0));
    }
}
