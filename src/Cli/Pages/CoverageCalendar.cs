using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// What the logs can show, as a calendar: a row a month and stream, a cell a day, darker the more lines there are;
/// a day with a gap is marked.
/// </summary>
internal static class CoverageCalendar
{
    private const string Levels = "░▒▓█";
    private const char Nothing = '·', Gap = '×';

    public static void Write(PageWriter page, IReadOnlyList<CoverageDay> days, Language language)
    {
        if (days.Count == 0)
            return;
        var korean = language == Language.Korean;
        var width = Math.Min(20, days.Max(day => CellText.Width(day.Stream)));
        page.Split(
            [new Span(korean ? "로그 범위" : "COVERAGE", Tone.Strong)],
            [new Span(korean ? "· 없음   ░▒▓█ 줄 수   × 공백" : "· no line   ░▒▓█ lines   × gap", Tone.Dim)]);
        foreach (var stream in days.GroupBy(day => day.Stream))
        {
            var most = Math.Max(1, stream.Max(day => day.Lines));
            foreach (var month in stream.SkipWhile(day => day.Lines == 0).GroupBy(day => (day.Day.Year, day.Day.Month)))
            {
                var cells = Enumerable.Repeat(' ', 31).ToArray();
                foreach (var day in month)
                    cells[day.Day.Day - 1] = Cell(day, most);
                page.Line(
                    CellText.PadRight(CellText.Clean(stream.Key), width), "  ",
                    new Span(string.Create(
                        CultureInfo.InvariantCulture, $"{month.Key.Year}-{month.Key.Month:D2}"), Tone.Dim),
                    "  ", string.Join(' ', cells));
            }
        }
        page.Blank();
    }

    /// <summary>What is held, and which logs are not as they were read.</summary>
    public static void WriteNotes(PageWriter page, LedgerContents ledger, Language language)
    {
        var korean = language == Language.Korean;
        foreach (var hold in ledger.Holds)
            page.Text(string.Create(CultureInfo.InvariantCulture,
                $"{(korean ? "보존 명령" : "HOLD")} {hold.Id}  ")
                + $"{hold.From?.ToString() ?? "…"} – {hold.To?.ToString() ?? "…"}  "
                + $"{hold.Source ?? ""}  {hold.Reason} ({hold.By})");
        foreach (var change in ledger.SourceChanges)
            page.Text($"{(korean ? "달라진 로그" : "LOG")} {change.File}: " + (change.How, korean) switch
            {
                (SourceChange.Vanished, false) => "is gone since it was read",
                (SourceChange.Shrank, false) => "is shorter than when it was read",
                (_, false) => "is not the file that was read",
                (SourceChange.Vanished, true) => "읽은 뒤 없어짐",
                (SourceChange.Shrank, true) => "읽은 뒤 짧아짐",
                _ => "읽은 파일과 다름",
            });
        foreach (var note in StreamNotes.Of(ledger, language))
            page.Text(note);
        if (ledger.Holds.Count + ledger.SourceChanges.Count + ledger.NumbersMissing.Count + ledger.ClockSkews.Count > 0)
            page.Blank();
    }

    private static char Cell(CoverageDay day, long most) =>
        day.MissingMinutes > 0 ? Gap
        : day.Lines == 0 ? Nothing
        : Levels[Math.Clamp((int)(day.Lines * Levels.Length / (most + 1)), 0, Levels.Length - 1)];
}
