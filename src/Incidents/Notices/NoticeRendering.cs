using System.Net;
using System.Text;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>
/// A notice for a channel. Nothing in it can be clicked, nothing is loaded from anywhere, and the same draft gives the
/// same bytes.
/// </summary>
public static class NoticeRendering
{
    private const string Style = """
        body{font-family:sans-serif;line-height:1.6;max-width:40em;margin:2em auto;padding:0 1em;color:#111}
        h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}
        """;

    // A4, at least ten points: California asks for that, and it hurts nobody.
    private const string PrintStyle = """
        @page{size:A4;margin:25mm}body{font-family:serif;font-size:11pt;line-height:1.5;color:#000}
        h1{font-size:15pt}h2{font-size:12pt;margin-top:14pt;break-after:avoid}li{break-inside:avoid}
        """;

    /// <summary>For letters by e-mail and text messages; lines end with a line feed.</summary>
    public static string Plain(NoticeDraft draft)
    {
        var text = new StringBuilder();
        text.Append(draft.Title).Append("\n\n");
        foreach (var line in draft.Opening)
            text.Append(line).Append('\n');
        foreach (var section in draft.Sections)
        {
            text.Append('\n').Append(section.Heading).Append('\n');
            foreach (var line in section.Lines)
                text.Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A page without any script, picture or link.</summary>
    public static string Html(NoticeDraft draft) => Page(draft, Style);

    /// <summary>The same for paper.</summary>
    public static string Print(NoticeDraft draft) => Page(draft, PrintStyle);

    private static string Page(NoticeDraft draft, string style)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(draft.Language.Code()).Append("\">\n<head>\n")
            .Append("<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"format-detection\" content=\"telephone=no,email=no,address=no,date=no,url=no\">\n")
            .Append("<title>").Append(Escaped(draft.Title)).Append("</title>\n<style>\n").Append(style)
            .Append("</style>\n</head>\n<body>\n<h1>").Append(Escaped(draft.Title)).Append("</h1>\n");
        Lines(html, draft.Opening);
        foreach (var section in draft.Sections)
        {
            html.Append("<h2>").Append(Escaped(section.Heading)).Append("</h2>\n");
            Lines(html, section.Lines);
        }
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Lines(StringBuilder html, IReadOnlyList<string> lines)
    {
        var inList = false;
        foreach (var line in lines)
        {
            var point = line.StartsWith("- ", StringComparison.Ordinal);
            if (point != inList)
                html.Append(point ? "<ul>\n" : "</ul>\n");
            inList = point;
            html.Append(point ? "<li>" : "<p>").Append(Escaped(point ? line[2..] : line))
                .Append(point ? "</li>\n" : "</p>\n");
        }
        if (inList)
            html.Append("</ul>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
