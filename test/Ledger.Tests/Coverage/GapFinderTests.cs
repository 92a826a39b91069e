using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class GapFinderTests
{
    private const long Day = 24 * 60;
    private static readonly long Monday =
        new DateTimeOffset(2025, 4, 14, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60;

    [Fact]
    public void A_steady_stream_has_no_gap() => Assert.Empty(Find(Stream("a", 10)));

    [Fact]
    public void Six_silent_hours_of_a_steady_stream_are_a_gap_with_both_ends_inside()
    {
        var (first, after) = (Monday + 3 * Day + 360, Monday + 3 * Day + 720);
        var gap = Assert.Single(Find(Without(Stream("a", 10), first, after)));
        Assert.Equal(EventTime.FromMinute(first - 1), gap.From);
        Assert.Equal(EventTime.FromMinute(after + 1), gap.To);
        Assert.InRange(gap.ExpectedLines, 5 * 360 * 0.8, 5 * 360 * 1.2);
    }

    [Fact]
    public void Nights_without_a_line_are_the_rhythm() =>
        Assert.Empty(Find(Stream("a", 10, (_, minuteOfDay) => minuteOfDay >= 420)));

    [Fact]
    public void Weekends_without_a_line_are_the_rhythm() =>
        Assert.Empty(Find(Stream("a", 17, (day, _) => day % 7 < 5)));

    [Fact]
    public void A_working_day_without_a_line_is_a_gap_even_where_nights_are_silent()
    {
        var rows = Stream("a", 10, (day, minuteOfDay) => minuteOfDay >= 420 && day != 3);
        Assert.InRange(Assert.Single(Find(rows)).ExpectedLines, 4000, 6000);
    }

    [Fact]
    public void A_stream_that_stops_before_the_others_has_a_gap_to_their_end()
    {
        var rows = Without(Stream("a", 10), Monday + 8 * Day, Monday + 10 * Day).Concat(Stream("b", 10));
        var gap = Assert.Single(Find(rows));
        Assert.Equal("a", gap.Stream);
        Assert.InRange(gap.To.MinuteNumber, Monday + 10 * Day - 5, Monday + 10 * Day);
    }

    [Fact]
    public void A_source_that_stops_before_the_others_has_a_gap_to_their_end()
    {
        var rows = Without(Stream("a", 10).Concat(Stream("b", 10)), Monday + 8 * Day, Monday + 10 * Day)
            .Concat(Stream("c", 10).Select(row => row with { Source = "issuer" }));
        var gaps = Find(rows);
        Assert.Equal(["a", "b"], gaps.Select(gap => gap.Stream));
        Assert.All(gaps, gap => Assert.Contains("other sources go on", gap.Reason, StringComparison.Ordinal));
        Assert.All(gaps, gap => Assert.InRange(gap.To.MinuteNumber, Monday + 10 * Day - 5, Monday + 10 * Day));
        Assert.All(gaps, gap => Assert.InRange(gap.ExpectedLines, 5 * 2 * Day * 0.8, 5 * 2 * Day * 1.2));
    }

    [Fact]
    public void A_source_that_goes_on_for_a_few_minutes_or_by_a_wrong_clock_makes_no_gap_of_the_others() =>
        Assert.DoesNotContain(
            Find(Without(Stream("a", 10), Monday + 10 * Day - 4, Monday + 10 * Day).Concat(
                Stream("c", 10).Append(Row("c", Monday + 400 * Day, 1)).Select(row => row with { Source = "issuer" }))),
            gap => gap.Source != "issuer");

    [Fact]
    public void The_time_before_a_streams_first_line_is_no_gap() =>
        Assert.Empty(Find(Without(Stream("a", 10), Monday, Monday + 4 * Day).Concat(Stream("b", 10))));

    [Fact]
    public void A_silence_of_all_streams_says_so()
    {
        var (first, after) = (Monday + 5 * Day + 600, Monday + 5 * Day + 840);
        var gaps = Find(Without(Stream("a", 10).Concat(Stream("b", 10)), first, after));
        Assert.Equal(["a", "b"], gaps.Select(gap => gap.Stream));
        Assert.All(gaps, gap => Assert.Contains("all streams", gap.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rush_does_not_hide_a_silence()
    {
        var rows = Without(Stream("a", 10), Monday + 3 * Day + 360, Monday + 3 * Day + 720)
            .Select(row => (row.Minute - Monday) / 60 == 6 * 24 + 20 ? row with { Lines = row.Lines * 40 } : row);
        Assert.Single(Find(rows));
    }

    [Fact]
    public void Bursts_with_long_pauses_are_no_gaps()
    {
        var random = new Random(11);
        var rows = new List<TotalsRow>();
        for (var minute = Monday; minute < Monday + 14 * Day; minute += random.Next(1, 90))
            for (var burst = 0; burst < random.Next(1, 20); burst++)
                rows.Add(Row("a", minute + burst, random.Next(1, 20)));
        Assert.Empty(Find(rows));
    }

    [Fact]
    public void A_line_with_an_unset_clock_neither_fails_nor_makes_decades_of_silence() =>
        Assert.Empty(Find(Stream("a", 10).Append(Row("a", 0, 1)).Append(Row("a", 4_000_000_000, 1))));

    [Fact]
    public void No_totals_no_gaps() => Assert.Empty(Find([]));

    private static IReadOnlyList<Gap> Find(IEnumerable<TotalsRow> rows) => GapFinder.Find(rows, new GapOptions());

    private static IEnumerable<TotalsRow> Without(IEnumerable<TotalsRow> rows, long first, long after) =>
        rows.Where(row => row.Minute < first || row.Minute >= after);

    private static List<TotalsRow> Stream(string name, int days, Func<int, int, bool>? open = null)
    {
        var random = new Random(name[0]);
        var rows = new List<TotalsRow>();
        for (var day = 0; day < days; day++)
            for (var minute = 0; minute < Day; minute++)
                if ((open is null || open(day, minute)) && random.Next(100) < 90)
                    rows.Add(Row(name, Monday + day * Day + minute, random.Next(2, 10)));
        return rows;
    }

    private static TotalsRow Row(string stream, long minute, long lines) =>
        new("gateway", stream, minute, null, Outcome.Disclosed, lines, 0);
}
