using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class ConformanceTests
{
    [Fact]
    public void At_least_98_of_100_fields_agree_with_third_parties()
    {
        var folder = SharedFolder.Find("conformance", "parsers");
        Assert.SkipUnless(folder is not null, SharedFolder.Missing);
        int wanted = 0, agreed = 0;
        foreach (var file in Directory.GetFiles(folder!, "*.jsonl"))
        {
            var format = Read.Format(Path.GetFileNameWithoutExtension(file));
            foreach (var line in File.ReadLines(file))
            {
                using var test = JsonDocument.Parse(line);
                var raw = test.RootElement.GetProperty("raw").GetString()!;
                var results = Read.All(format, Encoding.UTF8.GetBytes(raw));
                using var got = JsonDocument.Parse(results.Count == 1 ? results[0] : "{}");
                foreach (var field in test.RootElement.GetProperty("expected").EnumerateObject())
                {
                    wanted++;
                    if (got.RootElement.TryGetProperty(field.Name, out var value)
                        && Same(field.Name, field.Value, value))
                        agreed++;
                }
            }
        }
        Assert.True(agreed >= 0.98 * wanted, $"{agreed} of {wanted} fields agree");
    }

    private static bool Same(string field, JsonElement wanted, JsonElement got)
    {
        var (left, right) = (wanted.ToString(), got.ToString());
        return field switch
        {
            "time" => Math.Abs((Moment(left) - Moment(right)).TotalMilliseconds) < 1.5,
            "agent" => left.Replace('+', ' ') == right.Replace('+', ' '),
            _ => left == right,
        };
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
