using System.Globalization;
using System.Security;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// One SVG: how long until the alarm, beside the real incidents, and below it for each crime how many accounts were
/// exposed over time, with the alarm marked. Needs no fonts or scripts; reads in light and dark.
/// </summary>
internal static class ScorePicture
{
    private const int Width = 960;
    private const int NameWidth = 190;
    private const int Row = 22;
    private const int Panel = 228;
    private const int PanelHeight = 132;
    private const double LeastHours = 1.0 / 60;
    private const double MostHours = 40_000;

    // facts: 14 April 2025 to the first signal; August 2021 to 18 April 2025; 14 to 31 August 2025
    private static readonly (string Name, double Hours)[] RealOnes =
        [("Lotte Card 17 days", 16.7 * 24), ("Coupang 217 days", 217 * 24), ("SK Telecom 3.7 years", 1340 * 24)];

    private const string Style = """
        <style>
        text{font:12px system-ui,sans-serif;fill:#1f2430} .dim{fill:#6b7280} .title{font-weight:600;font-size:15px}
        .axis{stroke:#9ca3af;stroke-width:1} .grid{stroke:#e5e7eb} .real{stroke:#6b7280;stroke-dasharray:3 3}
        .curve{fill:none;stroke:#2f5d8a;stroke-width:2} .area{fill:#2f5d8a;opacity:.13}
        .alarm{stroke:#c2410c;stroke-width:2}
        .dot{fill:#c2410c} .no{fill:#c2410c} .back{fill:#fff}
        @media (prefers-color-scheme:dark){text{fill:#e5e7eb}.dim{fill:#9ca3af}.grid{stroke:#374151}.back{fill:#111827}
        .curve{stroke:#7fb2e5}.area{fill:#7fb2e5}.alarm{stroke:#fb923c}.dot,.no{fill:#fb923c}}
        </style>
        """;

    public static void Write(TextWriter file, IReadOnlyList<ReplayScore> scores)
    {
        var crimes = scores.Where(score => score.IsCrime).ToList();
        var panels = 96 + crimes.Count * Row + 60;
        var height = panels + (crimes.Count + 3) / 4 * (PanelHeight + 34) + 10;
        file.WriteLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img">"""));
        file.WriteLine("<title>Time to the alarm, and accounts exposed over time</title>");
        file.WriteLine(Style);
        file.WriteLine(Text($"""<rect class="back" width="{Width}" height="{height}"/>"""));
        WriteDelays(file, crimes);
        Say(file, 16, panels - 14, "Accounts exposed since the crime began; the line is the alarm", "title");
        foreach (var (place, score) in crimes.Index())
            WritePanel(file, score, 16 + place % 4 * (Panel + 6), panels + place / 4 * (PanelHeight + 34));
        file.WriteLine("</svg>");
    }

    private static void WriteDelays(TextWriter file, List<ReplayScore> crimes)
    {
        var bottom = 84 + crimes.Count * Row;
        Say(file, 16, 26, "From the first exposure to the alarm", "title");
        foreach (var (place, real) in RealOnes.Index())
        {
            var x = X(real.Hours);
            file.WriteLine(
                Text($"""<line class="real" x1="{x:0.#}" y1="78" x2="{x:0.#}" y2="{bottom}"/>"""));
            Say(file, x - 4, 48 + place * 12, real.Name, "dim", "end");
        }
        foreach (var (hours, label) in (
            (double, string)[])[(LeastHours, "1 min"), (1, "1 h"), (24, "1 day"), (720, "30 days"), (8760, "1 year")])
        {
            file.WriteLine(
                Text($"""<line class="grid" x1="{X(hours):0.#}" y1="82" x2="{X(hours):0.#}" y2="{bottom}"/>"""));
            Say(file, X(hours), bottom + 16, label, "dim", "middle");
        }
        foreach (var (place, score) in crimes.Index())
        {
            var y = 92 + place * Row;
            Say(file, 16, y + 4, score.Scenario);
            if (score.HoursToDetect is { } hours)
            {
                file.WriteLine(
                    Text($"""<line class="alarm" x1="{NameWidth}" y1="{y}" x2="{X(hours):0.#}" y2="{y}"/>"""));
                file.WriteLine(Text($"""<circle class="dot" cx="{X(hours):0.#}" cy="{y}" r="4"/>"""));
                Say(file, X(hours) + 9, y + 4, string.Create(CultureInfo.InvariantCulture,
                    $"{ScoreTable.Duration(hours)}, {score.AccountsBeforeAlarm:N0} accounts"));
            }
            else
            {
                Say(file, NameWidth, y + 4, "not found in these logs", "no");
            }
        }
    }

    private static void WritePanel(TextWriter file, ReplayScore score, int left, int top)
    {
        var (hours, accounts) = (Math.Max(1, score.Curve.Max(point => point.Hour)),
            Math.Max(1, score.Curve.Max(point => point.Accounts)));
        var bottom = top + PanelHeight;
        double At(double hour) => left + hour / hours * (Panel - 22);
        double Up(double count) => bottom - count / accounts * (PanelHeight - 26);
        var points = string.Join(' ', score.Curve.Select(
            point => Text($"{At(point.Hour):0.#},{Up(point.Accounts):0.#}")));
        file.WriteLine(Text($"""<polygon class="area" points="{left},{bottom} {points} {At(hours):0.#},{bottom}"/>"""));
        file.WriteLine($"""<polyline class="curve" points="{points}"/>""");
        file.WriteLine(
            Text($"""<line class="axis" x1="{left}" y1="{bottom}" x2="{left + Panel - 22}" y2="{bottom}"/>"""));
        if (score.HoursToDetect is { } alarm)
        {
            var x = At(Math.Clamp(alarm, 0, hours));
            file.WriteLine(Text($"""<line class="alarm" x1="{x:0.#}" y1="{top + 18}" x2="{x:0.#}" y2="{bottom}"/>"""));
        }
        Say(file, left, top + 10, score.Scenario + (score.IsMissed ? ": not found" : ""), score.IsMissed ? "no" : null);
        Say(file, left, bottom + 15, string.Create(
            CultureInfo.InvariantCulture, $"{accounts:N0} accounts in {ScoreTable.Duration(hours)}"), "dim");
    }

    private static double X(double hours)
    {
        var (low, high) = (Math.Log10(LeastHours), Math.Log10(MostHours));
        return NameWidth + (Math.Log10(Math.Clamp(hours, LeastHours, MostHours)) - low) / (high - low) * (
            Width - NameWidth - 40);
    }

    private static void Say(
        TextWriter file, double x, double y, string text, string? kind = null, string anchor = "start")
    {
        var named = kind is null ? "" : $" class=\"{kind}\"";
        file.WriteLine(Text(
            $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}"{named}>{SecurityElement.Escape(text)}</text>"""));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
