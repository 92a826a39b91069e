namespace WhoSaw.Scoping.Reports;

/// <summary>What every part of the report needs: where to write, what to tell, in which words and times.</summary>
internal sealed record ReportPage(HtmlWriter Html, ScanStory Story, Words Words, Moments Moments)
{
    public static ReportPage Of(TextWriter output, ScanStory story, Language language)
    {
        var words = Words.For(language);
        return new(new HtmlWriter(output), story, words, new Moments(words, story.Zone, story.First, story.Last));
    }

    /// <summary>
    /// A table with a caption for those who cannot see the chart beside it; numbers stand at the right.
    /// </summary>
    /// <param name="quiet">The caption only repeats the heading above it: spoken, not shown.</param>
    public void Table(string caption, IReadOnlyList<Heading> columns, IEnumerable<IReadOnlyList<string>> rows,
        bool quiet = false)
    {
        Html.Open("div", "class", "scroll").Open("table").Element("caption", caption, "class", quiet ? "quiet" : null)
            .Open("thead").Open("tr");
        foreach (var column in columns)
            Html.Element("th", column.Text, "scope", "col", "class", column.Class);
        Html.Close().Close().Open("tbody");
        foreach (var row in rows)
        {
            Html.Open("tr");
            for (var i = 0; i < row.Count; i++)
                Html.Element(i == 0 ? "th" : "td", row[i], "scope", i == 0 ? "row" : null, "class", columns[i].Class);
            Html.Close();
        }
        Html.Close().Close().Close();
    }

    public string Say(string key, params ReadOnlySpan<object?> values) => Words.Say(key, values);
}

/// <param name="Class">n: a number; c: code; null: text.</param>
internal sealed record Heading(string Text, string? Class = null);
