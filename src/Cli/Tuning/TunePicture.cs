using System.Globalization;
using System.Security;
using WhoSaw.Cli.Scoring;

namespace WhoSaw.Cli.Tuning;

/// <summary>
/// One SVG: time to detection to the right, in powers of ten, findings a day upwards, a line for each detector that has
/// findings in the ledger; the present settings are ringed, and a setting that loses one of its findings is hollow.
/// </summary>
internal static class TunePicture
{
    private const int Width = 720;
    private const int Height = 430;
    private const int Left = 70;
    private const int Right = 490;
    private const int Lost = 556;
    private const int Top = 56;
    private const int Bottom = 360;
    private const double LeastHours = 1.0 / 60;

    private static readonly string[] Colours =
        ["#2f5d8a", "#c2410c", "#15803d", "#7c3aed", "#b45309", "#0f766e", "#be185d", "#4d7c0f"];

    public static void Write(TextWriter file, TuneOutcome outcome)
    {
        var lines = outcome.Detectors.Where(detector => detector.HasOwn).ToList();
        var settings = lines.SelectMany(detector => detector.Settings).ToList();
        var mostADay = settings.Select(setting => setting.Findings / outcome.Days).Append(0.1).Max() * 1.1;
        var mostHours = Math.Max(24, settings.Max(setting => setting.HoursToDetect) ?? 0) * 1.2;
        double X(TunedSetting setting) => setting.HoursToDetect is { } hours ? At(hours, mostHours) : Lost;
        double Y(TunedSetting setting) =>
            Bottom - setting.Findings / outcome.Days / mostADay * (Bottom - Top);

        file.WriteLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img">"""));
        file.WriteLine("<title>Findings a day against time to detection</title>");
        file.WriteLine("""
            <style>text{font:12px system-ui,sans-serif;fill:#1f2430}.dim{fill:#6b7280}.axis{stroke:#9ca3af}
            .grid{stroke:#e5e7eb}.line{fill:none;stroke-width:2}.now{fill:none;stroke-width:2}</style>
            """);
        file.WriteLine(Text($"""<rect width="{Width}" height="{Height}" fill="#fff"/>"""));
        Say(file, Left, 26, "Findings a day against time to detection; ringed: the present setting");
        WriteAxes(file, mostHours, mostADay);
        foreach (var (place, detector) in lines.Index())
        {
            var colour = Colours[place % Colours.Length];
            var points = string.Join(' ', detector.Settings.Select(
                setting => Text($"{X(setting):0.#},{Y(setting):0.#}")));
            file.WriteLine($"""<polyline class="line" stroke="{colour}" points="{points}"/>""");
            foreach (var setting in detector.Settings)
                WritePoint(file, detector.Dial, setting, X(setting), Y(setting), colour);
            file.WriteLine(Text($"""<rect x="590" y="{Top + place * 20}" width="10" height="10" fill="{colour}"/>"""));
            Say(file, 606, Top + 9 + place * 20, detector.Dial.Detector);
        }
        if (lines.Count == 0)
            Say(file, Left + 20, Top + 30, "No finding in this past by which a time could be told.");
        file.WriteLine("</svg>");
    }

    private static void WritePoint(
        TextWriter file, Dial dial, TunedSetting setting, double x, double y, string colour)
    {
        var fill = setting.Own.All(own => own.Here is not null) ? colour : "#fff";
        var says = SecurityElement.Escape(
            $"{dial.Detector}, {dial.Setting} {dial.Text(setting.Value)}: {setting.Findings} findings");
        file.WriteLine(Text($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="4" fill="{fill}" stroke="{colour}">""")
            + $"<title>{says}</title></circle>");
        if (setting.IsPresent)
            file.WriteLine(Text($"""<circle class="now" cx="{x:0.#}" cy="{y:0.#}" r="8" stroke="{colour}"/>"""));
    }

    private static void WriteAxes(TextWriter file, double mostHours, double mostADay)
    {
        foreach (var (hours, label) in (
            (double, string)[])[(LeastHours, "1 min"), (1, "1 h"), (24, "1 day"), (720, "30 days"), (8760, "1 year")])
            if (hours <= mostHours)
            {
                var x = At(hours, mostHours);
                file.WriteLine(
                    Text($"""<line class="grid" x1="{x:0.#}" y1="{Top}" x2="{x:0.#}" y2="{Bottom}"/>"""));
                Say(file, x, Bottom + 18, label, "middle");
            }
        for (var part = 0; part <= 4; part++)
        {
            var y = Bottom - part * (Bottom - Top) / 4.0;
            Say(file, Left - 8, y + 4, (mostADay * part / 4).ToString("0.##", CultureInfo.InvariantCulture), "end");
        }
        Say(file, Lost, Bottom + 18, "not found", "middle");
        file.WriteLine(Text($"""<line class="axis" x1="{Left}" y1="{Bottom}" x2="{Lost + 20}" y2="{Bottom}"/>"""));
        file.WriteLine(Text($"""<line class="axis" x1="{Left}" y1="{Top}" x2="{Left}" y2="{Bottom}"/>"""));
        Say(file, (Left + Right) / 2, Bottom + 42, "from the first record to the alarm; upwards: findings a day of all "
            + "detectors, medium or above", "middle");
    }

    private static double At(double hours, double most)
    {
        var (low, high) = (Math.Log10(LeastHours), Math.Log10(most));
        return Left + (Math.Log10(Math.Clamp(hours, LeastHours, most)) - low) / (high - low) * (Right - Left);
    }

    private static void Say(TextWriter file, double x, double y, string text, string anchor = "start") =>
        file.WriteLine(Text(
            $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{SecurityElement.Escape(text)}</text>"""));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
