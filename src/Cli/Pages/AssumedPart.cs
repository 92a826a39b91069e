using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>Without a configuration: what was assumed, and which routes look as if they showed personal data.</summary>
internal static class AssumedPart
{
    private const int MostRoutes = 12;

    public static void Write(PageWriter page, ScanStory story, Words words)
    {
        page.Blank();
        page.Line(new Span(words.Say("assumed.title"), Tone.Warning), "  ", words.Say("assumed.meaning"));
        page.Rule();
        var label = words.Say("label.assumed");
        for (var i = 0; i < story.Assumptions.Count; i++)
            page.Labelled(new Span(i == 0 ? label : "", Tone.Dim), CellText.Width(label) + 2,
                words.Translate(story.Assumptions[i]));
        page.Blank();
        var personal = story.Routes.Where(route => route.LooksPersonal).ToList();
        if (personal.Count == 0)
            page.Text(words.Say("routes.none-personal"));
        else
            WriteRoutes(page, personal, words);
        var others = story.Routes.Count - personal.Count;
        if (others > 0)
            page.Text(words.Count("routes.others", others), Tone.Dim);
    }

    private static void WriteRoutes(PageWriter page, List<InferredRouteStory> routes, Words words)
    {
        page.Text(words.Count("routes.personal", routes.Count), Tone.Strong);
        foreach (var route in routes.Take(MostRoutes))
        {
            page.Line("  ", new Span(CellText.Clean(route.Route), Tone.Strong));
            page.Text(words.Say("route.numbers", words.Count("requests", route.Requests),
                words.Count("values", route.Values)), Tone.Dim, 4);
            if (route.Shows.Count > 0)
                page.Text(words.Say("route.shows", words.Categories(route.Shows)), indent: 4);
            if (route.Why.Length > 0)
                page.Text(words.Say("route.why", words.Translate(route.Why)), indent: 4);
        }
        if (routes.Count > MostRoutes)
            page.Text(words.Count("routes.more", routes.Count - MostRoutes), Tone.Dim, 2);
    }
}
