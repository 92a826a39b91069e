using System.Text.Json;
using WhoSaw.Records;

namespace WhoSaw.Cli.Tuning;

/// <summary>What <c>whosaw tune</c> says to programs.</summary>
internal static class TuneJson
{
    public static void Write(Stream output, TuneOutcome outcome) => output.WriteDocument(json =>
    {
        json.WriteStartObject();
        json.WriteString("from", outcome.From.ToString());
        json.WriteString("to", outcome.To.ToString());
        json.WriteNumber("days", Math.Round(outcome.Days, 4));
        json.WriteStrings("gone", outcome.Logs.Gone.Select(entry => entry.File));
        json.WriteStrings("outside", outcome.Outside.Select(finding => finding.Id));
        json.WriteStartArray("detectors");
        foreach (var detector in outcome.Detectors)
            Write(json, detector, outcome.Days);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, TunedDetector detector, double days)
    {
        json.WriteStartObject();
        json.WriteString("detector", detector.Dial.Detector);
        json.WriteString("setting", detector.Dial.Setting + (detector.Dial.IsDuration ? " (s)" : ""));
        json.WriteStartArray("settings");
        foreach (var setting in detector.Settings)
            Write(json, setting, days);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TunedSetting setting, double days)
    {
        json.WriteStartObject();
        json.WriteNumber("value", Math.Round(setting.Value, 4));
        json.WriteBoolean("present", setting.IsPresent);
        json.WriteNumber("findings", setting.Findings);
        json.WriteNumber("own", setting.ByItself);
        json.WriteNumber("findingsADay", Math.Round(setting.Findings / days, 4));
        json.WriteStartObject("severities");
        foreach (var severity in Enum.GetValues<Severity>().Reverse())
            json.WriteNumber(
                JsonNamingPolicy.CamelCase.ConvertName(severity.ToString()),
                setting.Raised.Count(finding => finding.Severity == severity));
        json.WriteEndObject();
        json.WriteRounded("hoursToDetect", setting.HoursToDetect);
        json.WriteStartArray("standing");
        foreach (var (standing, here) in setting.Told)
        {
            json.WriteStartObject();
            json.WriteString("id", standing.Id);
            json.WriteString("detector", here?.Detector);
            json.WriteString("raised", here?.Raised.ToString());
            json.WriteRounded("hoursToDetect", here is null ? null : TunedSetting.Hours(standing.First, here.Raised));
            json.WriteRounded("hoursLater", here is null ? null : TunedSetting.Hours(standing.Raised, here.Raised));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("new");
        foreach (var finding in setting.New)
        {
            json.WriteStartObject();
            json.WriteString("detector", finding.Detector);
            json.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(finding.Severity.ToString()));
            json.WriteString("raised", finding.Raised.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
