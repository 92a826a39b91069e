using System.Globalization;
using System.Text;
using CsCheck;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class RecordLinesTests
{
    private const string Csv =
        "2025-04-14 09:00:0{0}.123 UTC,\"app\",\"shop\",1,\"192.0.2.1:5\",6.4,1,\"SELECT\",,,0,LOG,00000,";

    [Fact]
    public void A_line_feed_in_quotes_does_not_end_a_record()
    {
        var records = Cut(Framing.QuotedLines, Line(0, "\"a\nb\"") + Line(1, "\"c\""));
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void A_record_that_was_cut_off_ends_where_the_next_begins()
    {
        var cutOff = Line(0, "\"AUDIT: SESSION,1,1,READ,SELECT,,,\"\"sel")[..^1] + "\n";
        var records = Cut(
            Framing.QuotedLines, cutOff + string.Concat(Enumerable.Range(1, 8).Select(n => Line(n, "\"x\""))));
        Assert.Equal(9, records.Count);
        Assert.StartsWith("2025-04-14 09:00:01", records[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_quote_in_a_message_swallows_no_other_line()
    {
        var records = Cut(Framing.QuotedLines,
            "2025-04-14 09:00:00 UTC [1] LOG:  unterminated quote at or near \"x\n"
            + "2025-04-14 09:00:01 UTC [1] LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,\"select 1\",<none>\n"
            + "2025-04-14 09:00:02 UTC [1] LOG:  AUDIT: SESSION,2,1,READ,SELECT,,,\"select\n2\",<none>\n");
        Assert.Equal(3, records.Count);
    }

    [Fact]
    public void Nobody_can_put_a_record_into_a_statement()
    {
        var forged = Line(7, "\"AUDIT: x\"").Replace("\"", "\"\"", StringComparison.Ordinal);
        Assert.Single(Cut(Framing.QuotedLines, Line(0, "\"select '\n" + forged + "'\"")));
    }

    [Theory]
    [InlineData("{\"Records\":[{\"a\":1},{\"b\":{\"c\":\"}\"}}]}", 2)]
    [InlineData("[{\"a\":1}\n,\n{\"b\":2}]\n", 2)]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", 2)]
    [InlineData("{\"a\":\"cut off\n{\"b\":2}\n{\"c\":3}\n", 3)]
    [InlineData("{\"a\":{\"cut\":1\n{\"b\":2}\n{\"c\":3}\n", 3)]
    [InlineData("{\n \"Records\": [\n  {\n   \"a\": {\n    \"b\": 1\n   }\n  },\n  {\"c\": 2}\n ]\n}\n", 2)]
    public void An_array_reads_as_lines_do(string text, int records) =>
        Assert.Equal(records, Cut(Framing.JsonArray, text).Count);

    [Fact]
    public void A_line_too_long_is_cut_and_the_next_is_whole()
    {
        var lines = new RecordLines(
            Framing.Lines, new MemoryStream(Encoding.UTF8.GetBytes("a\n" + new string('x', 3_000_000) + "\nb\n")));
        Assert.True(lines.TryNext(out _));
        Assert.False(lines.IsTooLong);
        Assert.True(lines.TryNext(out var cut));
        Assert.True(lines.IsTooLong);
        Assert.Equal(RecordLines.MaximumLine, cut.Length);
        Assert.True(lines.TryNext(out var next));
        Assert.Equal("b", Encoding.UTF8.GetString(next));
        Assert.False(lines.TryNext(out _));
    }

    [Theory]
    [InlineData(Framing.Lines)]
    [InlineData(Framing.QuotedLines)]
    [InlineData(Framing.JsonArray)]
    public void Where_a_reader_happens_to_stop_changes_no_record(Framing framing)
    {
        string[] parts =
        [
            Line(0, "\"a\nb\""), Line(1, "\"c"), "2025-04-14 09:00:02 UTC [1] LOG:  \"x\n", "\n", "\r\n", "\"", "x,y\n",
            "{\"a\":1}", "{\"a\":\"\\\"\n", "{\"Records\":[", "{\"b\":{\n", "}", "]", ",\n", "\\",
        ];
        Gen.Select(Gen.Int[0, parts.Length - 1].Select(part => parts[part]).Array[0, 30], Gen.Int[1, 100]).Sample(
            (chosen, step) => Assert.Equal(
                Cut(framing, string.Concat(chosen)), Cut(framing, string.Concat(chosen), step)),
            iter: 3000);
    }

    private static string Line(int second, string message) =>
        Csv.Replace("{0}", second.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + message
            + ",,,,,,,,,\"psql\",\"\",,0\n";

    private static List<string> Cut(Framing framing, string text, int step = int.MaxValue)
    {
        var records = new List<string>();
        var lines = new RecordLines(framing, new SlowStream(Encoding.UTF8.GetBytes(text), step));
        while (lines.TryNext(out var line))
            records.Add(Encoding.UTF8.GetString(line));
        return records;
    }

    private sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);
    }
}
