using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// The short lines under the findings: what cannot be told, keys in wrong hands, what a reader has to know.
/// </summary>
internal static class RemarkPart
{
    public static void Write(PageWriter page, ScanStory story, Words words, Moments moments)
    {
        var remarks = StoryText.Remarks(story, words, moments);
        if (remarks.Count == 0)
            return;
        page.Blank();
        var width = remarks.Max(remark => CellText.Width(remark.Label)) + 3;
        foreach (var remark in remarks)
        {
            var tone = remark.Kind switch
            {
                RemarkKind.CannotTell => Tone.Warning,
                RemarkKind.Finding => Tone.Alarm,
                _ => Tone.Dim,
            };
            page.Labelled(new Span(remark.Label, tone), width, remark.Text);
        }
    }
}
