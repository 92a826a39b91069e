using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli.Pages;

namespace WhoSaw.Cli.Scoring;

/// <summary>The frontier for people and for programs.</summary>
internal static class FrontierTable
{
    public static void Write(PageWriter page, IReadOnlyList<FrontierPoint> points)
    {
        var table = new PageTable(
            new("days", true), new("weakest found, views a day", true), new("found after"),
                new("accounts before", true),
            new("strongest missed, views a day", true));
        foreach (var length in points.GroupBy(point => point.Days))
        {
            var found = length.LastOrDefault(point => point.IsFound);
            var missed = length.FirstOrDefault(point => !point.IsFound);
            table.Add(
                length.Key.ToString(CultureInfo.InvariantCulture), Rate(found),
                found?.HoursToDetect is { } hours ? ScoreTable.Duration(hours) : "",
                found?.AccountsBefore?.ToString("N0", CultureInfo.InvariantCulture) ?? "", Rate(missed));
        }
        page.Blank();
        table.Write(page);
        page.Blank();
    }

    public static void WriteJson(Stream output, string scenario, IReadOnlyList<FrontierPoint> points)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("scenario", scenario);
            json.WriteStartArray("points");
            foreach (var point in points)
            {
                json.WriteStartObject();
                json.WriteNumber("days", point.Days);
                json.WriteNumber("ratePercent", point.Rate);
                json.WriteNumber("viewsADay", Math.Round(point.RequestsADay, 2));
                json.WriteBoolean("found", point.IsFound);
                if (point.HoursToDetect is { } hours)
                    json.WriteNumber("hoursToDetect", Math.Round(hours, 3));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static string Rate(FrontierPoint? point) =>
        point is null ? "none" : point.RequestsADay.ToString("#,0.#", CultureInfo.InvariantCulture);
}
