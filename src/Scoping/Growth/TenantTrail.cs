using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>
/// Answers that showed a tenant the accounts of another. The directory says whose they are, so each is a fact and
/// weighs as much as a theft has to. Operations in which the same tenants crossed over are one fault.
/// </summary>
internal static class TenantTrail
{
    public static IEnumerable<Theft> Thefts(ScopeEngine engine, double threshold)
    {
        var left = engine.Database.All(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT operation, principal, count(DISTINCT row(subject, epoch_us("time") // {EventTime.Day}))
            FROM disclosed WHERE (traits::BIGINT & {(long)Trait.OtherTenant}) <> 0 AND principal IS NOT NULL
            GROUP BY ALL ORDER BY ALL
            """), null, row => (Operation: row.GetString(0), Principal: row.GetString(1), Count: row.GetInt64(2)))
            .GroupBy(row => row.Operation)
            .Select(group => (Operation: group.Key, Tenants: group.Select(row => row.Principal).ToHashSet(),
                Count: group.Sum(row => row.Count))).ToList();
        while (left.Count > 0)
        {
            var fault = left.Take(1).ToList();
            for (var i = 0; i < fault.Count; i++)
                fault.AddRange(left.Where(
                    other => !fault.Contains(other) && other.Tenants.Overlaps(fault[i].Tenants)).ToList());
            left.RemoveAll(fault.Contains);
            yield return new Theft([.. fault.Select(crossing => new Lead(GrowthTrail.OtherTenant,
                Predicate.Parse($"operation = {Printer.Quote(crossing.Operation)} and other-tenant").OrThrow(),
                crossing.Count * threshold, crossing.Count, crossing.Count))]);
        }
    }
}
