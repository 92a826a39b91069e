using System.Globalization;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>Says on which days an employee read far more than anybody in his role does.</summary>
internal static class SurplusReport
{
    /// <summary>What a predicate about somebody's reads with an operation begins with.</summary>
    public static string HeadOf(Catalog catalog, short operation, Symbol principal) =>
        $"principal = {Literals.Text(catalog.Symbols.Text(principal)!)} and operation = "
        + Literals.Text(catalog.Operations[operation].Name) + " and ";

    /// <param name="above">His days above the floor.</param>
    public static Finding Of(
        Catalog catalog, string detector, short operation, SurplusDays surplus, SurplusOptions options,
        IReadOnlyList<WindowCount> above)
    {
        var name = catalog.Symbols.Text(surplus.Principal)!;
        var days = above.Where(day => surplus.Limits.ContainsKey(day.Number)).OrderBy(day => day.Number).ToList();
        var told = days.Find(day => day.Number == surplus.Told) ?? days[^1];
        var times = days.ConvertAll(day => $"time between '{day.First}' and '{day.Last}'");
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            Severity = Severity.Medium,
            Raised = told.CrossedAt(surplus.Limits[told.Number]),
            First = days[0].First,
            Last = days[^1].Last,
            Title = $"{name} reads several times as many people as anybody in the role, day after day",
            Why = $"Up to {Words.Number(days.Max(day => day.Count))} different people a day, on "
                + $"{Counted.Of(days.Count, "day")}; nobody in the role usually reads more than "
                + $"{Words.Number(surplus.Usual.Most)}, {name} {Words.Number(surplus.Usual.Own)}.",
            Evidence =
            [
                new Evidence("different people a day", "up to " + Words.Number(days.Max(day => day.Count)),
                    "threshold " + Words.Number(surplus.Limits.Values.Max())),
                new Evidence("evidence", Number(surplus.Evidence), "threshold " + Number(options.Threshold)),
            ],
            ActorKind = "principal",
            ActorValue = name,
            Where = HeadOf(catalog, operation, surplus.Principal)
                + (times.Count == 1 ? times[0] : "(" + string.Join(" or ", times) + ")"),
            Technique = "T1078",
            Samples = [.. days.Select(day => day.Sample!.Locations[0]).Take(5)],
        };
    }

    private static string Number(double evidence) => evidence.ToString("0.0", CultureInfo.InvariantCulture);
}
