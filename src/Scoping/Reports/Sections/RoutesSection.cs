namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>Without a configuration: the routes as they were inferred.</summary>
internal static class RoutesSection
{
    private const int Most = 40;

    public static void Write(ReportPage page)
    {
        if (page.Story.Routes.Count == 0)
            return;
        page.Html.Open("section").Element("h2", page.Say("report.routes"));
        page.Html.Element("p", page.Say("assumed.meaning"), "class", "note");
        page.Table(page.Say("report.routes"),
            [
                new(page.Say("column.operation"), "c"), new(page.Say("column.lines"), "n"),
                new(page.Say("report.values"), "n"), new(page.Say("report.guess")), new(page.Say("column.shows")),
                new(page.Say("column.reason")),
            ],
            page.Story.Routes.OrderByDescending(route => route.LooksPersonal).Take(Most).Select(route => new[]
            {
                route.Route, Words.Number(route.Requests), Words.Number(route.Values),
                page.Say(route.LooksPersonal ? "report.yes" : "report.no"), page.Words.Categories(route.Shows),
                page.Words.Translate(route.Why),
            }), quiet: true);
        page.Html.Close();
    }
}
