namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>What to do next, as commands.</summary>
internal static class NextSection
{
    public static void Write(ReportPage page)
    {
        var commands = CommandText.Next(page.Story);
        if (commands.Count == 0)
            return;
        page.Html.Open("section").Element("h2", page.Say("report.next"))
            .Open("pre", "class", "next").Element("code", string.Join('\n', commands)).Close().Close();
    }
}
