using System.Globalization;
using WhoSaw.Cli.Pages;

namespace WhoSaw.Cli.Scoring;

/// <summary>Scores of the same scenarios over many seeds, summed up.</summary>
internal static class ManyWorlds
{
    public static void Write(PageWriter page, IReadOnlyList<ReplayScore> scores)
    {
        var table = new PageTable(
            new("scenario"), new("worlds", true), new("days", true), new("right", true), new("found", true),
            new("false findings", true), new("latest found after"), new("accounts before", true),
            new("least recall", true),
            new("least precision", true));
        foreach (var group in scores.GroupBy(score => score.Scenario))
        {
            var crimes = group.Where(score => score.IsCrime).ToList();
            table.Add(
                group.Key, Count(group.Count()), group.Sum(score => Math.Round(score.Days)).ToString(
                    "N0", CultureInfo.InvariantCulture), Count(group.Count(score => score.IsRight)),
                crimes.Count == 0 ? "" : Count(crimes.Count(score => !score.IsMissed)),
                Count(group.Sum(score => score.FalseFindings)),
                crimes.Max(score => score.HoursToDetect) is { } hours ? ScoreTable.Duration(hours) : "",
                crimes.Max(score => score.AccountsBeforeAlarm) is { } most ? Count(most) : "",
                ScoreTable.Share(crimes.Min(score => score.Pairs.Recall)),
                ScoreTable.Share(crimes.Min(score => score.Pairs.Precision)));
        }
        page.Blank();
        table.Write(page);
        page.Blank();
        foreach (var score in scores.Where(score => !score.IsRight))
            page.Text(
                $"not right: {score.Scenario}, seed {score.Seed}"
                    + (score.FalseBy.Count > 0 ? ", false by " + string.Join(", ", score.FalseBy) : ""),
                Tone.Dim);
    }

    public static void Write(PageWriter page, IReadOnlyList<CalibrationWorld> worlds, double threshold)
    {
        var table = new PageTable(
            new("evidence of"), new("issuer's log"), new("worlds", true), new("median", true), new("largest", true),
            new("threshold", true));
        foreach (var (theft, hasIssuer, values) in CalibrationPicture.Columns(worlds))
            table.Add(
                theft, hasIssuer ? "yes" : "no", Count(values.Count), One(values.Order().ElementAt(values.Count / 2)),
                One(values.Max()), One(threshold));
        page.Blank();
        table.Write(page);
        page.Blank();
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string One(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
