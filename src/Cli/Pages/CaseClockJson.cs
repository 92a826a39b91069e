using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Cli.Pages;

/// <summary>A clock for programs: one object a line.</summary>
internal static class CaseClockJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Clock clock)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("duty", clock.Duty.Id);
            json.WriteString("jurisdiction", clock.Duty.Jurisdiction);
            json.WriteString("what", clock.Duty.What.En);
            json.WriteString("to", clock.Duty.To.En);
            json.WriteString("state", Name(clock.State));
            json.WriteString("applies", Name(clock.Applies.Truth));
            Texts(json, "because", clock.Applies.Because);
            Texts(json, "missing", clock.Applies.Missing);
            Texts(json, "missingContents", clock.MissingContents);
            if (clock.UnseenDays.Count > 0)
                Texts(json, "unseenDays", [.. clock.UnseenDays.Select(NodaTime.Text.LocalDatePattern.Iso.Format)]);
            json.WriteString("clause", clock.Rule.Clause);
            Texts(json, "sources", clock.Rule.Sources);
            json.WriteString("grade", clock.Rule.Grade);
            Texts(json, "unverified", [.. clock.Rule.Unverified, .. clock.Duty.NotVerified]);
            Reading(json, "byLaw", clock, clock.ByLaw);
            Reading(json, "byFirstSign", clock, clock.ByFirstSign);
            if (clock.Of is { } fact)
                json.WriteNumber("ofEvent", fact.Number);
            if (clock.Met is { } met)
                json.WriteNumber("metByEvent", met.Number);
            if (clock.Fault is { } fault)
                json.WriteString("fault", fault);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void Reading(Utf8JsonWriter json, string name, Clock clock, ClockReading? reading)
    {
        if (reading is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("fromEvent", reading.Start.Number);
        json.WriteString("from", reading.Start.At.ToString());
        json.WriteString("due", reading.Due.At.ToDateTimeOffset());
        if (reading.Latest is { } latest)
            json.WriteString("latest", latest.At.ToDateTimeOffset());
        if (clock.LateBy(reading) is { } late)
            json.WriteNumber("lateMinutes", (long)late.TotalMinutes);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Name<T>(T value) where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
