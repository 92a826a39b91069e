using System.Globalization;
using System.Text;
using CsCheck;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

public sealed class MergingTests
{
    private static readonly DateTime Start = new(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Streams_that_are_out_of_order_come_out_in_order_of_time()
    {
        var logs = Enumerable.Range(1, 4).Select(seed => Log(seed, lines: 12_000, disorder: 50)).ToList();
        var (rows, tallies, _) = AccountingTests.Merge(logs, threads: 2);
        Assert.Equal(48_000, rows.Count);
        for (var row = 1; row < rows.Count; row++)
            Assert.True(rows[row - 1].Time <= rows[row].Time);
        Assert.All(tallies, tally => Assert.Equal(0, tally.Late));
    }

    [Fact]
    public void Lines_of_one_time_come_in_the_order_of_files_and_of_places_in_them()
    {
        var logs = Enumerable.Range(1, 3).Select(_ => Log(1, lines: 500, disorder: 0)).ToList();
        var (rows, _, _) = AccountingTests.Merge(logs, threads: 2);
        Assert.Equal(rows.OrderBy(row => row.Time).ThenBy(row => row.File).ThenBy(row => row.Offset), rows);
    }

    [Fact]
    public void The_order_does_not_depend_on_the_number_of_threads() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 300].Array[1, 12], Gen.Int[0, 600]).Sample(
            (seed, sizes, disorder) =>
            {
                var logs = sizes.Select((lines, place) => Log(seed + place, lines, disorder)).ToList();
                var (expected, _, _) = AccountingTests.Merge(logs, threads: 1);
                Assert.Equal(sizes.Sum(), expected.Count);
                Assert.Equal(expected, AccountingTests.Merge(logs, threads: 2).Rows);
                Assert.Equal(expected, AccountingTests.Merge(logs, threads: 8).Rows);
            },
            iter: 40, threads: 1);

    /// <summary>Lines a second apart on average, each up to so many seconds early.</summary>
    private static (string Format, byte[] Bytes) Log(int seed, int lines, int disorder)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var line = 0; line < lines; line++)
        {
            var time = Start.AddSeconds(line - random.Next(disorder + 1));
            text.Append(CultureInfo.InvariantCulture, $"192.0.2.{seed % 250} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] ")
                .Append(CultureInfo.InvariantCulture, $"\"GET /{line} HTTP/1.1\" 200 1 \"-\" \"-\"\n");
        }
        return ("combined", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
