using System.Globalization;
using System.Net;
using System.Text;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// What the logs in a ledger can show, as one HTML page that needs nothing else: a calendar with a row for each stream
/// and a cell for each day, the gaps by name, the holds, and what is odd about the streams.
/// </summary>
internal static class LedgerReport
{
    private const int Levels = 5;
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        + "table{border-collapse:collapse;margin:.5rem 0 1.5rem}caption{text-align:left;font-weight:600}"
        + "th,td{padding:.15rem .4rem;text-align:right;font-variant-numeric:tabular-nums}"
        + "th[scope=row],.t{text-align:left}.c td{min-width:1.6rem;text-align:center;font-size:.75rem;color:#000}"
        + ".l0{background:#eee}.l1{background:#dbe9f6}.l2{background:#bad6eb}.l3{background:#89bedc}"
        + ".l4{background:#539ecd}.l5{background:#2b7bba}.hole{background:#f2a541;font-weight:700}";

    public static void Write(
        TextWriter output, LedgerStatus status, LedgerContents ledger, IReadOnlyList<CoverageDay> days,
        Language language)
    {
        var words = Words.For(language);
        var moments = new Moments(words, status.Zone, status.First, status.Last);
        var page = new StringBuilder();
        var title = Text($"{words.Say("ledger.title")} · {status.Path}");
        page.Append(CultureInfo.InvariantCulture,
            $"<!DOCTYPE html>\n<html lang=\"{language.Code()}\"><head><meta charset=\"utf-8\"/>")
            .Append("<meta name=\"robots\" content=\"noindex\"/>")
            .Append("<meta http-equiv=\"Content-Security-Policy\" ")
            .Append("content=\"default-src 'none'; style-src 'unsafe-inline'\"/>")
            .Append(CultureInfo.InvariantCulture, $"<title>{title}</title><style>{Style}</style></head>\n")
            .Append(CultureInfo.InvariantCulture, $"<body><h1>{title}</h1>\n<p>{Text(Numbers(status, words))}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Say("report.coverage"))}</h2>\n");
        foreach (var month in days.GroupBy(day => new DateOnly(day.Day.Year, day.Day.Month, 1)))
            WriteMonth(page, month.Key, [.. month], days, words);
        WriteGaps(page, Coverage.Gaps(ledger), words, moments);
        foreach (var hold in ledger.Holds)
            Paragraph(page, $"{(language == Language.Korean ? "보존 명령" : "Hold")} {hold.Id}: "
                + $"{hold.From?.ToString() ?? "…"} – {hold.To?.ToString() ?? "…"} "
                + $"{hold.Source} {hold.Reason} ({hold.By})");
        foreach (var note in StreamNotes.Of(ledger, language))
            Paragraph(page, note);
        if (ledger.Head is { } head)
            Paragraph(page, $"{head.Origin} · {Words.Number(head.Size)} · {head.Root}");
        output.Write(page.Append("</body></html>\n"));
    }

    private static void WriteMonth(
        StringBuilder page, DateOnly month, List<CoverageDay> cells, IReadOnlyList<CoverageDay> all, Words words)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table class=\"c\"><caption>{month:yyyy-MM}</caption><thead><tr>")
            .Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(words.Say("column.stream"))}</th>");
        var days = cells.Select(cell => cell.Day).Distinct().Order().ToList();
        foreach (var day in days)
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{day.Day}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var stream in cells.GroupBy(cell => cell.Stream, StringComparer.Ordinal))
        {
            var most = all.Where(cell => cell.Stream == stream.Key).Max(cell => cell.Lines);
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(stream.Key)}</th>");
            foreach (var cell in stream.OrderBy(cell => cell.Day))
                WriteCell(page, cell, most, words);
            page.Append("</tr>\n");
        }
        page.Append("</tbody></table>\n");
    }

    private static void WriteCell(StringBuilder page, CoverageDay cell, long most, Words words)
    {
        var level = cell.Lines == 0 ? 0 : Math.Clamp((int)Math.Ceiling(cell.Lines * (double)Levels / most), 1, Levels);
        var name = $"{cell.Day:yyyy-MM-dd}: {words.Count("lines", cell.Lines)}";
        page.Append(CultureInfo.InvariantCulture,
            $"<td class=\"{(cell.MissingMinutes > 0 ? "hole" : "l" + level)}\" title=\"{Text(name)}\">")
            .Append(cell.MissingMinutes > 0 ? "×" : cell.Lines == 0 ? "–" : "").Append("</td>");
    }

    private static void WriteGaps(StringBuilder page, IReadOnlyList<Gap> gaps, Words words, Moments moments)
    {
        if (gaps.Count == 0)
        {
            Paragraph(page, words.Say("report.no-gaps"));
            return;
        }
        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text(words.Say("report.gaps"))}</caption>")
            .Append("<thead><tr>");
        foreach (var column in new[] { "column.stream", "column.from", "column.to", "column.reason" })
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" class=\"t\">{Text(words.Say(column))}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var gap in gaps)
        {
            page.Append("<tr>");
            foreach (var cell in new[]
            {
                gap.Stream, moments.Moment(gap.From), moments.Moment(gap.To), words.Translate(gap.Reason),
            })
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"t\">{Text(cell)}</td>");
            page.Append("</tr>\n");
        }
        page.Append("</tbody></table>\n");
    }

    private static string Numbers(LedgerStatus status, Words words) => string.Join(" · ",
        words.Count("records", status.Records), words.Count("segments", status.Segments),
        words.Count("ledger.findings", status.Findings));

    private static void Paragraph(StringBuilder page, string text) =>
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(text)}</p>\n");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
