using System.Globalization;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scoring;
using WhoSaw.Records;

namespace WhoSaw.Cli.Tuning;

/// <summary>What <c>whosaw tune</c> says to people: a table for each detector.</summary>
internal static class TuneTable
{
    private const int MostNamed = 5;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static void Write(PageWriter page, string ledger, TimeZoneInfo zone, TuneOutcome outcome)
    {
        page.Blank();
        page.Split([new Span("What other settings would have raised", Tone.Strong), "  ", CellText.Clean(ledger)],
            [new Span($"{Day(outcome.From, zone)} to {Day(outcome.To, zone)}", Tone.Dim)]);
        page.Rule();
        page.Text(string.Create(Culture, $"{Counted.Of(outcome.Logs.Logs.Count, "log")} replayed, ")
            + string.Create(Culture, $"{outcome.Days:0.#} days; ")
            + $"the ledger has {Counted.Of(outcome.Standing.Count, "finding")} of medium severity or above");
        foreach (var note in Notes(outcome, zone))
            page.Text(note, Tone.Warning);
        foreach (var detector in outcome.Detectors.Where(detector => detector.MakesDifference))
            Write(page, detector, outcome);
        page.Blank();
        if (outcome.Detectors.Where(detector => !detector.MakesDifference).ToList() is { Count: > 0 } same)
        {
            page.Text("At each of these settings the same would have been raised at the same time as now: "
                + string.Join(", ", same.Select(detector => detector.Span)) + ".");
            page.Blank();
        }
        page.Text("Findings are those of all detectors of medium severity or above, with this one setting changed; of "
            + "them, its own. Time to detection: from the first record of its own findings in the ledger to the alarm, "
            + "the median. » is the present setting. Nothing in the ledger was changed.", Tone.Dim);
        page.Blank();
    }

    /// <summary>What the answer is not about.</summary>
    public static IEnumerable<string> Notes(TuneOutcome outcome, TimeZoneInfo zone)
    {
        if (outcome.Logs.Gone is { Count: > 0 } gone)
        {
            var dated = gone.Where(entry => entry.First is not null).ToList();
            yield return $"{Counted.Of(gone.Count, "log")} of the ledger {(gone.Count == 1 ? "is" : "are")} gone or no "
                + "longer as read, and not in this answer: "
                + string.Join(", ", gone.Take(MostNamed).Select(entry => entry.File))
                + (gone.Count > MostNamed ? ", …" : "")
                + (dated.Count == 0 ? "" : $"; they were about {Day(dated.Min(entry => entry.First)!.Value, zone)} to "
                    + Day(dated.Max(entry => entry.Last)!.Value, zone)) + ".";
        }
        foreach (var notice in outcome.Notices)
            yield return notice;
        if (outcome.Outside.Count > 0)
            yield return "Raised outside this stretch and not compared: "
                + string.Join(", ", outcome.Outside.Select(finding => finding.Id)) + ".";
        var present = outcome.Detectors[0].Settings.First(setting => setting.IsPresent);
        var lost = present.Told.Where(told => told.Here is null).Select(told => told.Standing.Id).ToList();
        if (lost.Count > 0)
            yield return $"The present settings do not raise {string.Join(", ", lost)} again: the logs, lists or "
                + "settings are not those that the ledger was made with.";
    }

    private static void Write(PageWriter page, TunedDetector detector, TuneOutcome outcome)
    {
        page.Blank();
        page.Line(new Span(detector.Dial.Detector, Tone.Strong));
        var table = new PageTable(
            new(detector.Dial.Setting, true), new("findings", true), new("its own", true), new("a day", true),
            new("standing found", true), new("time to detection", true),
            new("otherwise than in the ledger", Widest: 40));
        foreach (var setting in detector.Settings)
            table.Add(
                (setting.IsPresent ? "» " : "") + detector.Dial.Text(setting.Value), Count(setting.Findings),
                Count(setting.ByItself), (setting.Findings / outcome.Days).ToString("0.##", Culture),
                string.Create(Culture, $"{setting.Found} of {setting.Told.Count}"),
                setting.HoursToDetect is { } hours ? ScoreTable.Duration(hours) : detector.HasOwn ? "not found" : "",
                Changes(setting));
        table.Write(page, indent: 2);
    }

    /// <summary>What comes otherwise than it stands in the ledger: one finding by its id, more as a count.</summary>
    private static string Changes(TunedSetting setting)
    {
        var told = setting.Told.Select(told => (told.Standing.Id, told.Here, By: By(told.Standing, told.Here),
            Hours: told.Here is null ? 0 : TunedSetting.Hours(told.Standing.Raised, told.Here.Raised))).ToList();
        IEnumerable<string> changes =
        [
            Moved([.. told.Where(each => each.Hours < 0).Select(each => (each.Id + each.By, -each.Hours))], "earlier"),
            Moved([.. told.Where(each => each.Hours > 0).Select(each => (each.Id + each.By, each.Hours))], "later"),
            .. told.Where(each => each.Here is null).Select(each => each.Id + " not found"),
            .. told.Where(each => each.Hours == 0 && each.By.Length > 0).Select(each => each.Id + each.By),
            .. setting.New.GroupBy(finding => finding.Detector).Select(
                by => $"{Count(by.Count())} more by {by.Key}"),
        ];
        return string.Join(", ", changes.Where(change => change.Length > 0));
    }

    private static string By(Finding standing, Finding? here) =>
        here is null || here.Detector == standing.Detector ? "" : " by " + here.Detector;

    private static string Moved(IReadOnlyList<(string Name, double Hours)> moved, string where) => moved.Count switch
    {
        0 => "",
        1 => $"{moved[0].Name} {ScoreTable.Duration(moved[0].Hours)} {where}",
        _ => $"{Count(moved.Count)} up to {ScoreTable.Duration(moved.Max(each => each.Hours))} {where}",
    };

    private static string Day(EventTime time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time.ToUtc(), zone).ToString("d MMMM yyyy HH:mm", Culture);

    private static string Count(long number) => number.ToString("N0", Culture);
}
