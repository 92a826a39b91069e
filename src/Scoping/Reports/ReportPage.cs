using System.Security.Cryptography;
using System.Text;

namespace WhoSaw.Scoping.Reports;

/// <summary>What every part of the report needs: where to write, what to tell, in which words and times.</summary>
internal sealed record ReportPage(HtmlWriter Html, ScanStory Story, Words Words, Moments Moments)
{
    public static ReportPage Of(TextWriter output, ScanStory story, Language language)
    {
        var words = Words.For(language);
        return new(new HtmlWriter(output), story, words, new Moments(words, story.Zone, story.First, story.Last));
    }

    /// <summary>The head of a page that loads nothing: our style, and our script where the page has one.</summary>
    public void Head(string title, string? script = null)
    {
        var style = EmbeddedText.Read("report.css");
        var policy = $"default-src 'none'; style-src '{Hash(style)}'"
            + (script is null ? "" : $"; script-src '{Hash(script)}'");
        Html.Open("head")
            .Empty("meta", "charset", "utf-8")
            .Empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
            .Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .Empty("meta", "name", "color-scheme", "content", "light dark")
            .Empty("meta", "name", "robots", "content", "noindex")
            .Element("title", title)
            .Own("style", style);
        if (script is not null)
            Html.Own("script", script);
        Html.Close();
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

    private static string Hash(string content) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public string Say(string key, params ReadOnlySpan<object?> values) => Words.Say(key, values);
}

/// <param name="Class">n: a number; c: code; null: text.</param>
internal sealed record Heading(string Text, string? Class = null);
