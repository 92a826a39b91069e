using System.Globalization;
using System.Text;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Tests;

/// <summary>The scope in plain C#, over all records, as slow and as plain as can be.</summary>
internal static class Oracle
{
    public sealed record Answer(
        string Csv, long Accounts, long Views, EventTime? First, EventTime? Last, long CanariesTouched,
        PeopleCount People,
        string Categories, string PerDay, TryCount Refused, TryCount Absent, long Unnamed);

    public static Answer Compute(World world, Predicate predicate)
    {
        var matched = world.Rows.Where(row => predicate.Matches(row, world.Find)).ToList();
        var canaries = (world.Accounts ?? []).Where(row => row.Status == "canary").Select(row => row.Account)
            .ToHashSet();
        var disclosed = matched.Where(row => row.Outcome == Outcome.Disclosed && row.Fields.Length > 0).ToList();
        var unnamed = disclosed.RemoveAll(row => row.Subject.IsNone);
        var views = disclosed.Where(row => !canaries.Contains(row.Subject.Value)).ToList();
        return new Answer(
            Csv(world, views), Accounts(views), views.Count, First(views), Last(views),
            Accounts(disclosed.Where(row => canaries.Contains(row.Subject.Value))),
            unnamed > 0 ? People(world, views) with { AtMost = null } : People(world, views),
            Categories(world, views),
            PerDay(views), Tries(matched, Outcome.Refused), Tries(matched, Outcome.Absent), unnamed);
    }

    private static long Accounts(IEnumerable<RecordRow> rows) => rows.Select(row => row.Subject).Distinct().Count();

    private static EventTime? First(List<RecordRow> rows) => rows.Count == 0 ? null : rows.Min(row => row.Time);

    private static EventTime? Last(List<RecordRow> rows) => rows.Count == 0 ? null : rows.Max(row => row.Time);

    private static TryCount Tries(List<RecordRow> matched, Outcome outcome)
    {
        var tries = matched.Where(row => row.Outcome == outcome && row.Fields.Length > 0).ToList();
        return new TryCount(tries.Count, Accounts(tries.Where(row => !row.Subject.IsNone)));
    }

    private static string Csv(World world, List<RecordRow> views)
    {
        var text = new StringBuilder("account,operation,fields,first,last,views\n");
        var exposures = views.GroupBy(row => (row.Subject, row.Operation))
            .OrderBy(group => group.Key.Subject.IsFromDictionary)
            .ThenBy(group => group.Key.Subject.IsFromDictionary ? 0 : group.Key.Subject.Value)
            .ThenBy(group => world.TextOf(group.Key.Subject), StringComparer.Ordinal)
            .ThenBy(group => group.Key.Operation, StringComparer.Ordinal);
        foreach (var exposure in exposures)
        {
            var fields = exposure.Select(row => row.Fields).Distinct().Order(StringComparer.Ordinal).ToList();
            // the two configurations of "addresses": the shorter is part of the longer
            var union = fields.Count == 2 ? "name,phone,address" : fields[0];
            text.Append(CultureInfo.InvariantCulture,
                $"{Quote(world.TextOf(exposure.Key.Subject))},{Quote(exposure.Key.Operation!)},{Quote(union)},"
                + $"{First([.. exposure])},{Last([.. exposure])},{exposure.Count()}\n");
        }
        return text.ToString();
    }

    private static string Quote(string value) =>
        value.Any(c => c is ',' or '"') ? '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : value;

    private static int Others(string? operation) => operation switch { "addresses" => 20, "orders" => 2, _ => 0 };

    private static IEnumerable<string> PeopleOf(World world, IGrouping<SubjectId, RecordRow> account) =>
        world.People!.Where(row => row.Account == account.Key.Value)
            .Where(row => row.Position == 0 || account.Any(view => Others(view.Operation) > 0))
            .Select(row => row.Person);

    private static PeopleCount People(World world, List<RecordRow> views)
    {
        var accounts = views.GroupBy(row => row.Subject).ToList();
        long Most(IEnumerable<IGrouping<SubjectId, RecordRow>> some) =>
            some.Sum(account => 1L + account.Max(row => Others(row.Operation)));
        if (world.People is null)
            return new PeopleCount(null, accounts.Count, Most(accounts), null, null, null);
        var known = accounts.SelectMany(account => PeopleOf(world, account)).ToHashSet();
        var missing = accounts.Where(account => !PeopleOf(world, account).Any()).ToList();
        long members = known.Count(person => world.People.Any(row => row.Person == person && row.Position == 0));
        return new PeopleCount(known.Count, known.Count + missing.Count, known.Count + Most(missing), members,
            known.Count - members, missing.Count);
    }

    private static string Categories(World world, List<RecordRow> views) => string.Join(' ',
        views.SelectMany(row => row.Fields.Split(',')).Distinct().Order(StringComparer.Ordinal).Select(name =>
        {
            var showing = views.Where(row => row.Fields.Split(',').Contains(name)).ToList();
            return $"{name}={Accounts(showing)}";
        }));

    private static string PerDay(List<RecordRow> views)
    {
        var firstDays = views.GroupBy(row => row.Subject)
            .ToDictionary(group => group.Key, group => group.Min(row => row.Time.DayNumber));
        return string.Join(' ', views.GroupBy(row => row.Time.DayNumber).OrderBy(group => group.Key).Select(group =>
            $"{group.Key}:{Accounts(group)}/{firstDays.Count(pair => pair.Value == group.Key)}/{group.Count()}"));
    }
}
