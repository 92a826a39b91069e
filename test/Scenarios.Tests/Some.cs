namespace WhoSaw.Scenarios.Tests;

internal static class Some
{
    /// <summary>A world that is written in a tenth of a second.</summary>
    public static ScenarioOptions World(string scenario = "quiet") =>
        new() { Scenario = scenario, Accounts = 2000, Days = 5, Seed = 11 };

    public static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static string? Field(this System.Text.Json.JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static DateTimeOffset Time(this System.Text.Json.JsonElement line) =>
        DateTimeOffset.Parse(line.Field("ts")!, System.Globalization.CultureInfo.InvariantCulture);
}
