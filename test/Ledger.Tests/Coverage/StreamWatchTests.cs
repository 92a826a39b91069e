using System.Text;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class StreamWatchTests
{
    [Fact]
    public void Numbers_that_are_missing_from_a_counting_stream_are_said_with_their_time()
    {
        var missing = Assert.IsType<NumbersMissing>(Assert.Single(Watch(
            [.. Enumerable.Range(1, 200).Where(number => number is < 120 or > 130).Select(number => $"{number}")])));
        Assert.Equal((11, "gw1"), (missing.Missing, missing.Stream));
        var hole = Assert.Single(missing.Holes);
        Assert.Equal((120, 130), (hole.First, hole.Last));
        Assert.Equal(EventTime.Second, hole.To.Microseconds - hole.From.Microseconds);
    }

    [Fact]
    public void A_stream_without_a_hole_and_one_that_begins_anew_say_nothing()
    {
        Assert.Empty(Watch([.. Enumerable.Range(1, 300).Select(number => $"{number % 150}")]));
        Assert.Empty(Watch([.. Enumerable.Range(1, 300).Select(number => $"{number}")]));
    }

    [Fact]
    public void Ids_that_are_numbers_by_chance_are_no_numbering()
    {
        var random = new Random(3);
        Assert.Empty(Watch([.. Enumerable.Range(0, 300).Select(_ => $"{random.NextInt64()}")]));
        Assert.Empty(Watch([.. Enumerable.Range(0, 300).Select(number => $"{number * 1000}")]));
        Assert.Empty(Watch([.. Enumerable.Range(0, 300).Select(number => $"{number:x}f")]));
    }

    [Fact]
    public void Lines_that_are_no_rows_are_not_called_missing()
    {
        var rows = Enumerable.Range(1, 300).Where(number => number % 3 != 0).Select(number => $"{number}").ToList();
        Assert.Empty(Watch(rows, records: 300));
        var missing = Assert.IsType<NumbersMissing>(Assert.Single(Watch(rows, records: 290)));
        Assert.Equal((9L, 0), (missing.Missing, missing.Holes.Count));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(-90, true)]
    [InlineData(0, false)]
    public void Clocks_that_are_apart_are_measured_by_requests_that_both_streams_log(int seconds, bool apart)
    {
        var catalog = Some.Catalog();
        var watch = new StreamWatch();
        var records = Enumerable.Range(0, 60).SelectMany(request => new[]
        {
            Record(catalog, 0, request, $"req-{request}", 0),
            Record(catalog, 1, request, $"req-{request}", seconds * EventTime.Second),
        });
        watch.Observe(Some.Batch(catalog, records));
        var entries = watch.Entries(1, catalog, _ => 60).ToList();
        if (!apart)
            Assert.Empty(entries);
        else
            Assert.Equal(
                new ClockSkewed(1, "gateway", "gw1", "gateway", "gw2", seconds * 1000, 60), Assert.Single(entries));
    }

    private static List<JournalEntry> Watch(List<string> ids, long? records = null)
    {
        var catalog = Some.Catalog();
        var watch = new StreamWatch();
        watch.Observe(Some.Batch(catalog, ids.Select((id, row) => Record(catalog, 0, row, id, 0))));
        return [.. watch.Entries(1, catalog, _ => records ?? ids.Count)];
    }

    private static AccessRecord Record(Catalog catalog, int stream, int row, string id, long later) =>
        Some.Access(catalog, Some.Noon.Plus(row * EventTime.Second + later), row) with
        {
            File = stream,
            Stream = (short)stream,
            Request = Encoding.UTF8.GetBytes(id),
        };
}
