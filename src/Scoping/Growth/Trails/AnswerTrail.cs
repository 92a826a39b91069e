using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>
/// An operation that shows people to others answers with far more bytes for each person than before, to everybody.
/// When most operations change at once, or another grows shorter, it is a release, and nothing is said.
/// </summary>
internal static class AnswerTrail
{
    // Median against median from which an answer shows more, and not another date format.
    private const double LeastRatio = 1.3;

    private const double LeastAlike = 0.8;
    private const int LeastPeople = 10;

    public static IEnumerable<Theft> Thefts(ScopeEngine engine, double threshold)
    {
        var candidates = Sizes(engine, perPerson: false).Where(operation => operation.Value.ToOthers)
            .Where(operation => AnswerSizes.Longer(operation.Value.Hours, threshold).Any())
            .Select(operation => operation.Key).ToHashSet();
        if (candidates.Count == 0)
            yield break;
        var sizes = Sizes(engine, perPerson: true);
        var runs = sizes.ToDictionary(operation => operation.Key, operation =>
            AnswerSizes.Longer(operation.Value.Hours, threshold).ToList());
        var shorter = sizes.SelectMany(operation => AnswerSizes.Longer(Mirrored(operation.Value.Hours), threshold))
            .ToList();
        foreach (var operation in candidates.Order(StringComparer.Ordinal))
            foreach (var run in runs[operation].Where(run => MedianOf(run.During) >= LeastRatio * MedianOf(run.Before)))
            {
                var alike = runs.Count(other => other.Key != operation && other.Value.Any(r => IsAtOnce(r, run)));
                if (shorter.Any(r => IsAtOnce(r, run)) || alike * 2 > runs.Count)
                    continue;
                var literal = Literal(operation, run, sizes[operation].IsOneEach);
                if (IsForEverybody(engine, operation, run))
                    yield return new Theft(
                        [new Lead(GrowthTrail.FullerAnswers, literal, run.Evidence, run.During.Count, run.Odd)]);
            }
    }

    private static double MedianOf(AnswerSizes sizes) => AnswerSizes.LowOf(sizes.Quantile(0.5));

    private static bool IsAtOnce(AnswerRun one, AnswerRun other) => Math.Abs(one.FromHour - other.FromHour) <= 24;

    // Where the two do not overlap the length itself says which answers are meant, in the hour of the change too.
    private static Predicate Literal(string operation, AnswerRun run, bool isOneEach)
    {
        var edge = run.Before.Quantile(0.995) + 1;
        var isApart = isOneEach && run.During.Quantile(0.005) >= edge;
        var from = new EventTime((run.FromHour - (isApart ? 1 : 0)) * EventTime.Hour);
        var to = new EventTime((run.ToHour + (isApart ? 2 : 1)) * EventTime.Hour).Plus(-1);
        var text = $"operation = {Printer.Quote(operation)} and {Literals.Within([(from, to)])}";
        if (isApart)
            text += " and bytes >= "
                + Math.Ceiling(AnswerSizes.LowOf(edge)).ToString("0", CultureInfo.InvariantCulture);
        return Predicate.Parse(text).OrThrow();
    }

    /// <summary>
    /// Who had asked before gets more now, of many people. A thief's answers may be longer, too, or one busy person's.
    /// </summary>
    private static bool IsForEverybody(ScopeEngine engine, string operation, AnswerRun run) => engine.Database.One(
        string.Create(CultureInfo.InvariantCulture, $"""
        SELECT count(*) FILTER (is_longer) >= {LeastAlike} * count(*)
               AND count(DISTINCT subject) FILTER (is_longer) >= {LeastPeople}
        FROM (SELECT subject, hour, hour BETWEEN $2 AND $3 AS is_during, bytes // people > $4 AS is_longer,
                     min(hour) OVER (PARTITION BY caller) < $2 AS is_known
              FROM (SELECT subject, epoch_us("time") // {EventTime.Hour} AS hour, bytes,
                           row(principal, account, client) AS caller,
                           count(*) OVER (PARTITION BY source, stream, file, "offset") AS people
                    FROM disclosed WHERE operation = $1 AND bytes > 0))
        WHERE is_during AND is_known
        """), [operation, run.FromHour, run.ToHour, (long)AnswerSizes.LowOf(run.Before.Quantile(0.95) + 1)],
        row => row.GetBoolean(0));

    private sealed class Answers
    {
        public SortedDictionary<long, AnswerSizes> Hours { get; } = [];
        public long Others { get; set; }
        public long Seen { get; set; }
        public bool IsOneEach { get; set; } = true;

        /// <summary>What an account's own holder is shown is no disclosure, however long.</summary>
        public bool ToOthers => Others * 10 >= Seen * 9;
    }

    private static SortedDictionary<long, AnswerSizes> Mirrored(SortedDictionary<long, AnswerSizes> hours) =>
        new(hours.ToDictionary(hour => hour.Key, hour => hour.Value.Mirrored()));

    /// <summary>
    /// How long the answers of each operation are, by hour; a person counts once an hour. What an answer about several
    /// has for each takes a sort of the ledger, so it is asked for only where something changed.
    /// </summary>
    private static Dictionary<string, Answers> Sizes(ScopeEngine engine, bool perPerson)
    {
        var answers = new Dictionary<string, Answers>(StringComparer.Ordinal);
        var people = perPerson ? "count(*) OVER (PARTITION BY source, stream, file, \"offset\")" : "1";
        foreach (var (operation, hour, bin, count, others, seen, most) in engine.Database.Rows(string.Create(
            CultureInfo.InvariantCulture, $"""
            SELECT operation, hour, floor({AnswerSizes.BinsAnOctave} * log2(size))::INTEGER AS bin, count(*),
                   sum(others)::BIGINT, sum(seen)::BIGINT, max(people)
            FROM (SELECT operation, hour, subject, greatest(1, max(bytes // people)) AS size, max(people) AS people,
                         count(*) AS seen,
                         count(*) FILTER (principal IS NOT NULL OR (traits & {(long)Trait.SomeoneElse}) <> 0) AS others
                  FROM (SELECT operation, epoch_us("time") // {EventTime.Hour} AS hour, subject, bytes,
                               {people} AS people, principal, traits::BIGINT AS traits
                        FROM disclosed WHERE bytes > 0)
                  GROUP BY operation, hour, subject)
            GROUP BY ALL ORDER BY ALL
            """), null, row => (row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4),
                row.GetInt64(5), row.GetInt64(6))))
        {
            if (!answers.TryGetValue(operation, out var known))
                answers.Add(operation, known = new Answers());
            if (!known.Hours.TryGetValue(hour, out var sizes))
                known.Hours.Add(hour, sizes = new AnswerSizes());
            sizes.Add(bin, count);
            (known.Others, known.Seen) = (known.Others + others, known.Seen + seen);
            known.IsOneEach &= most == 1;
        }
        return answers;
    }
}
