using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Dormancy;

/// <summary>Says which dormant accounts were too many, and which reads are meant.</summary>
internal static class DormancyReport
{
    /// <param name="reader">All the days of the principal whose odd days these are.</param>
    public static Finding Of(
        Catalog catalog, string detector, short operation, ReaderDays reader, IReadOnlyList<OddDay> odd)
    {
        var name = catalog.Symbols.Text(odd[0].Principal)!;
        var (here, before) = (ReadShare.Of(odd.Select(day => day.Reads)), odd[0].Before);
        var others = odd.DistinctBy(day => day.Day).Select(day => day.Others).ToList();
        var beside = new ReadShare(others.Sum(share => share.Reads), others.Sum(share => share.Dormant));
        var clients = odd.GroupBy(day => day.Client)
            .Select(days => ClientOf(catalog, reader, [.. days]))
            .OrderBy(client => client.Where, StringComparer.Ordinal).ToList();
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            Severity = Severity.Medium,
            Raised = odd.Min(day => day.Raised),
            First = clients.Min(client => client.First),
            Last = clients.Max(client => client.Last),
            Title = $"{name} reads accounts that their owners left long ago",
            Why = $"{Words.Of(here.Dormant, here.Reads, "reads")} were of different dormant accounts, "
                + $"on {Counted.Of(odd.DistinctBy(day => day.Day).Count(), "day")}; who has work with people reads "
                + "those who come.",
            Evidence =
            [
                new Evidence("dormant accounts", Share(here) + " of reads", Share(beside) + " of what was read beside"),
                new Evidence("dormant accounts before", Share(before) + " of reads",
                    "of " + Words.Number(before.Reads)),
            ],
            ActorKind = "principal",
            ActorValue = name,
            Where = SurplusReport.HeadOf(catalog, operation, odd[0].Principal) + (clients.Count == 1
                ? clients[0].Where
                : "(" + string.Join(" or ", clients.Select(client => client.Where)) + ")"),
            Technique = "T1078",
            Samples = [.. odd.SelectMany(day => day.Reads.Samples).Take(5)],
        };
    }

    /// <summary>
    /// An address from which nothing came before and nothing after is the thief's own, with what he read there on his
    /// first evening; of another one only the odd days are meant.
    /// </summary>
    private static (string Where, EventTime First, EventTime Last) ClientOf(
        Catalog catalog, ReaderDays reader, IReadOnlyList<OddDay> odd)
    {
        var client = odd[0].Client;
        var all = reader.Days.Where(day => reader[day].ContainsKey(client)).ToList();
        var isOwn = all.All(day => odd.Any(found => Math.Abs(found.Day - day) <= 1));
        var days = isOwn ? all.ConvertAll(day => reader[day][client]) : [.. odd.Select(found => found.Reads)];
        var literal = catalog.Symbols.Text(client) is { } text ? "client = " + Literals.Text(text) : "";
        var times = days.Select(day => $"time between '{day.First}' and '{day.Last}'").ToList();
        var time = times.Count == 1 ? times[0] : "(" + string.Join(" or ", times) + ")";
        var isOnly = reader.Clients.Count() == 1 || literal.Length == 0;
        return (
            isOwn && !isOnly ? literal : isOnly ? time : $"({literal} and {time})",
            days.Min(day => day.First), days.Max(day => day.Last));
    }

    private static string Share(ReadShare share) => Words.Share(share.Dormant, share.Reads);
}
