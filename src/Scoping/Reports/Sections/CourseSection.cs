using WhoSaw.Scoping.Reports.Charts;

namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>When: the stations, and the curve of accounts with the moment of the alarm.</summary>
internal static class CourseSection
{
    public static void Write(ReportPage page, FindingStory story)
    {
        var html = page.Html;
        html.Open("section").Element("h2", page.Say("report.course"));
        WriteStations(page, story);
        if (story.PerDay.Count > 0)
        {
            html.Element("p", page.Say("report.course-meaning"), "class", "note");
            GrowthChart.Write(page, story);
            WriteDays(page, story);
        }
        html.Close();
    }

    private static void WriteStations(ReportPage page, FindingStory story)
    {
        var (finding, moments) = (story.Finding, page.Moments);
        var stations = new List<(Records.EventTime Time, string Name, string Class)>
        {
            (finding.First, page.Say("report.phase-first"), "at"),
            (finding.Raised, page.Say("report.phase-alarm"), "alarm"),
            (finding.Last, page.Say("report.phase-last"), "at"),
        };
        if (story.Test is { } test)
        {
            var tried = page.Say("report.phase-test", page.Words.Count("requests", test.Requests));
            stations[0] = (test.First, tried, "at");
            stations.Add((test.SteadilySince, page.Say("report.phase-steady"), "at"));
        }
        page.Html.Open("ol", "class", "stations");
        foreach (var (time, name, mark) in stations.OrderBy(station => station.Time))
            page.Html.Open("li", "class", mark).Element("b", moments.Moment(time)).Text(" ")
                .Element("span", name).Close();
        page.Html.Close();
    }

    private static void WriteDays(ReportPage page, FindingStory story)
    {
        var total = 0L;
        page.Html.Open("details").Element("summary", page.Say("report.numbers"));
        page.Table(page.Say("report.chart-growth"),
            [
                new(page.Say("column.day")), new(page.Say("column.accounts"), "n"),
                new(page.Say("column.new-accounts"), "n"), new(page.Say("column.total"), "n"),
                new(page.Say("column.views"), "n"),
            ],
            story.PerDay.Select(day => new[]
            {
                page.Moments.DayAndYear(day.Day), Words.Number(day.Accounts), Words.Number(day.NewAccounts),
                Words.Number(total += day.NewAccounts), Words.Number(day.Views),
            }));
        page.Html.Close();
    }
}
