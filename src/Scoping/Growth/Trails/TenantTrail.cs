using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>
/// Answers that showed a tenant the accounts of another. The directory says whose they are, so each is a fact and
/// weighs as much as a theft has to. Operations in which the same tenants crossed over are one fault.
/// </summary>
internal sealed class TenantTrail(ScopeEngine engine, double threshold)
{
    // With fewer of its answers wrong, the fault did not hit all, and says nothing of accounts that nobody lists.
    private const double Nearly = 0.99;

    private const string Forever = "4611686018427387904";

    /// <summary>Where tenants crossed over; people seen are counted by tenant and UTC day.</summary>
    private sealed record Crossing(
        string Operation, List<string> Tenants, long People, long Answers, EventTime First, EventTime Last);

    private static readonly string IsCrossing =
        string.Create(CultureInfo.InvariantCulture, $"((traits::BIGINT & {(long)Trait.OtherTenant}) <> 0)");

    public IEnumerable<Theft> Thefts()
    {
        var left = engine.Database.All(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT operation, list(DISTINCT principal), min(moment), max(moment),
                   count(DISTINCT row(principal, subject, moment // {EventTime.Day})), count(*)
            FROM (SELECT *, epoch_us("time") AS moment FROM disclosed)
            WHERE {IsCrossing} AND principal IS NOT NULL GROUP BY operation ORDER BY operation
            """), null, row => new Crossing(row.GetString(0), row.GetFieldValue<List<string>>(1), row.GetInt64(4),
                row.GetInt64(5), new EventTime(row.GetInt64(2)), new EventTime(row.GetInt64(3))));
        while (left.Count > 0)
        {
            var fault = left.Take(1).ToList();
            for (var i = 0; i < fault.Count; i++)
                fault.AddRange(left.Except(fault).Where(other => other.Tenants.Intersect(fault[i].Tenants).Any())
                    .ToList());
            left.RemoveAll(fault.Contains);
            yield return new Theft([.. fault.Select(Lead), .. fault.Select(Unlisted).OfType<Lead>()]);
        }
    }

    private Lead Lead(Crossing crossing) => new(GrowthTrail.OtherTenant,
        Predicate.Parse($"operation = {Printer.Quote(crossing.Operation)} and other-tenant").OrThrow(),
        crossing.People * threshold, crossing.People, crossing.People);

    /// <summary>
    /// Accounts of which the directory says nothing, because they were deleted, read by the same tenants while all that
    /// they were shown of known accounts was another's. The stretch reaches back to the last right answer before it and
    /// on to the first one after it.
    /// </summary>
    private Lead? Unlisted(Crossing crossing)
    {
        var (from, to, listed) = engine.Database.One($"""
            WITH known AS (
                SELECT epoch_us("time") AS moment, {IsCrossing} AS wrong FROM disclosed
                WHERE operation = $1 AND principal IN (SELECT unnest($2))
                      AND subject IN (SELECT account FROM directory)),
            stretch AS (
                SELECT coalesce(max(moment) FILTER (NOT wrong AND moment < $3), -{Forever}) AS earliest,
                       coalesce(min(moment) FILTER (NOT wrong AND moment > $4), {Forever}) AS latest FROM known)
            SELECT any_value(earliest), any_value(latest), count(*)
            FROM known JOIN stretch ON moment > earliest AND moment < latest
            """, [crossing.Operation, crossing.Tenants, crossing.First.Microseconds, crossing.Last.Microseconds],
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        var unlisted = engine.Database.All("""
            SELECT subject, min(epoch_us("time")), max(epoch_us("time")) FROM disclosed
            WHERE operation = $1 AND principal IN (SELECT unnest($2)) AND epoch_us("time") > $3
                  AND epoch_us("time") < $4 AND subject NOT IN (SELECT account FROM directory)
            GROUP BY subject ORDER BY subject
            """, [crossing.Operation, crossing.Tenants, from, to], row => (Subject: row.GetInt64(0),
                First: new EventTime(row.GetInt64(1)), Last: new EventTime(row.GetInt64(2))));
        if (unlisted.Count == 0 || crossing.Answers < Nearly * listed)
            return null;
        var text = $"operation = {Printer.Quote(crossing.Operation)} and "
            + Literals.In(engine, "principal", crossing.Tenants.Order(StringComparer.Ordinal)) + " and "
            + Literals.Within([(unlisted.Min(read => read.First), unlisted.Max(read => read.Last))]) + " and "
            + Literals.In(engine, "subject", unlisted.Select(
                read => read.Subject.ToString(CultureInfo.InvariantCulture)));
        return new Lead(GrowthTrail.OtherTenant, Predicate.Parse(text).OrThrow(), crossing.People * threshold, listed,
            crossing.Answers);
    }
}
