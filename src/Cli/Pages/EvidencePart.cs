using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>The reasons: what was seen here, and how it is elsewhere.</summary>
internal static class EvidencePart
{
    public static void Write(PageWriter page, Span label, int labelWidth, FindingStory story, Words words)
    {
        var rows = (story.Evidence.Count > 0 ? story.Evidence : story.Finding.Evidence).Select(reason => new Evidence(
            CellText.Clean(words.Translate(reason.What)), CellText.Clean(words.Translate(reason.Here)),
            reason.Elsewhere.Length == 0
                ? ""
                : words.Say("elsewhere", CellText.Clean(words.Translate(reason.Elsewhere)))))
            .ToList();
        if (rows.Count == 0)
        {
            page.Labelled(label, labelWidth, words.Translate(story.Finding.Why));
            return;
        }
        var what = rows.Max(row => CellText.Width(row.What)) + 2;
        var here = rows.Max(row => CellText.Width(row.Here)) + 4;
        var fits = labelWidth + what + here + rows.Max(row => CellText.Width(row.Elsewhere)) <= page.Width;
        for (var i = 0; i < rows.Count; i++)
        {
            var name = label with { Text = CellText.PadRight(i == 0 ? label.Text : "", labelWidth) };
            var row = rows[i];
            if (fits)
            {
                page.Line(name, CellText.PadRight(row.What, what),
                    new Span(CellText.PadRight(row.Here, here), Tone.Strong), new Span(row.Elsewhere, Tone.Dim));
                continue;
            }
            page.Labelled(name, labelWidth, row.What);
            page.Text(row.Here, Tone.Strong, labelWidth + 2);
            if (row.Elsewhere.Length > 0)
                page.Text(row.Elsewhere, Tone.Dim, labelWidth + 2);
        }
    }
}
