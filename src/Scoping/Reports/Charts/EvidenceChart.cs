using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// The reasons that are shares, as pairs of bars: here, and elsewhere. Other reasons are in the table only.
/// </summary>
internal static class EvidenceChart
{
    private const double Row = 62;
    private const double Right = Drawing.Width - 250;

    /// <param name="evidence">As it is said on the page; <paramref name="original"/> is what the shares are read
    /// from.</param>
    public static void Write(ReportPage page, IReadOnlyList<Evidence> evidence, IReadOnlyList<Evidence> original)
    {
        var rows = evidence.Zip(original, (said, source) => (Said: said, Here: EvidenceShare.Read(source.Here),
            Elsewhere: EvidenceShare.Read(source.Elsewhere))).Where(row => row.Here is not null).ToList();
        if (rows.Count == 0)
            return;
        var drawing = new Drawing(page.Html);
        drawing.Begin(page.Say("report.chart-evidence"), string.Join("; ", rows.Select(row =>
            $"{row.Said.What}: {row.Said.Here}, {page.Say("elsewhere", row.Said.Elsewhere)}")), rows.Count * Row + 8);
        var across = new Scale(0, 1, 0, Right);
        for (var i = 0; i < rows.Count; i++)
        {
            var (said, here, elsewhere) = rows[i];
            var top = i * Row;
            drawing.Text("legend strong", 0, top + 16, said.What);
            drawing.Box("track", 0, top + 24, Right, 12);
            drawing.Box("bar", 0, top + 24, across.At(here!.Value), 12);
            drawing.Text("value", Right + 12, top + 35, said.Here);
            drawing.Box("track", 0, top + 40, Right, 8);
            drawing.Box("peer", 0, top + 40, Math.Max(elsewhere > 0 ? 1.5 : 0, across.At(elsewhere ?? 0)), 8);
            if (said.Elsewhere.Length > 0)
                drawing.Text("tick", Right + 12, top + 49, page.Say("elsewhere", said.Elsewhere));
        }
        drawing.End();
    }
}
