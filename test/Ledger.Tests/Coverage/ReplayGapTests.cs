using System.IO.Compression;
using System.Text.Json;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class ReplayGapTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("quiet")]
    [InlineData("bola")]
    [InlineData("blind")]
    public void Honest_lulls_are_no_gaps(string replay)
    {
        var totals = Totals(replay);
        Say(replay, totals);
        Assert.Empty(GapFinder.Find(totals, new GapOptions()));
    }

    [Fact]
    public void A_morning_without_logs_is_the_one_gap_of_the_forged_replay()
    {
        var totals = Totals("forged");
        Say("forged", totals);
        var gap = Assert.Single(GapFinder.Find(totals, new GapOptions()));
        Assert.Equal(("gateway", "gw2"), (gap.Source, gap.Stream));
        var (from, to) = (Time("2025-04-17T06:00:00+09:00"), Time("2025-04-17T12:00:00+09:00"));
        Assert.InRange(from - gap.From, 0, 5 * EventTime.Minute);
        Assert.InRange(gap.To - to, 0, 5 * EventTime.Minute);
        Assert.InRange(gap.ExpectedLines, 1000, 2000);
    }

    private static EventTime Time(string text) =>
        EventTime.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private void Say(string replay, List<TotalsRow> totals)
    {
        foreach (var (stream, silence, score, expected) in GapFinder.Scores(totals, new GapOptions()).Take(3))
            output.WriteLine(
                $"{replay} {stream} {EventTime.FromMinute(silence.First)} {silence.Minutes} min, "
                + $"expected {expected:F0} lines, score {score:F1} of {new GapOptions().Threshold}");
    }

    private static List<TotalsRow> Totals(string replay)
    {
        var folder = SharedFolder.Find("replays", replay);
        Assert.SkipUnless(folder is not null, SharedFolder.Missing);
        var lines = new Dictionary<(string, string, long), long>();
        var logs = Path.Combine(folder, "logs");
        foreach (var path in Directory.EnumerateFiles(logs, "*.gz", SearchOption.AllDirectories))
        {
            var source = Path.GetFileName(Path.GetDirectoryName(path))!;
            var stream = Path.GetFileName(path).Split('-')[0];
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                var minute = EventTime.From(json.RootElement.GetProperty("ts").GetDateTimeOffset()).MinuteNumber;
                lines[(source, stream, minute)] = lines.GetValueOrDefault((source, stream, minute)) + 1;
            }
        }
        return [.. lines.Select(each => new TotalsRow(
            each.Key.Item1, each.Key.Item2, each.Key.Item3, null, Outcome.Other, each.Value, 0))];
    }
}
