using System.Text;
using System.Text.Json;
using CsCheck;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class JsonLineTests
{
    private static readonly (string, string)[] Fields =
        [("time", "t"), ("agent", "h.ua"), ("target", "uri"), ("account", "who.id"), ("status", "st"), ("bytes", "n")];

    [Fact]
    public void What_a_serializer_wrote_is_read_back()
    {
        var gen = Gen.Select(Gen.String, Gen.String, Gen.Long[0, long.MaxValue / 100], Gen.Int[0, 999], (a, b, c, d) =>
            (a, b, c, d));
        gen.Sample(row =>
        {
            var (agent, target, account, status) = row;
            agent = WellFormed(agent);
            target = "/" + WellFormed(target);
            var line = JsonSerializer.SerializeToUtf8Bytes(new
            {
                other = new { uri = agent, st = new[] { new { st = target } } },
                t = "2025-04-14T00:00:05.955Z",
                h = new { x = agent, ua = new[] { agent, target } },
                uri = target,
                st = status,
                who = new { id = account },
                n = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            var read = Read.One(Read.Format("json", Fields), line);
            Assert.Equal(RejectReason.None, read.Reason);
            Assert.Equal(agent == "-" ? "" : agent, read[LineField.Agent]);
            Assert.Equal(target, read[LineField.Target]);
            Assert.Equal(account.ToString(System.Globalization.CultureInfo.InvariantCulture), read[LineField.Account]);
            Assert.Equal(status, read.Fields.Status);
            Assert.Equal(status, read.Fields.Bytes);
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void The_last_of_a_repeated_key_counts()
    {
        var read = Read.One("json", """{"t":1693840839,"uri":"/a","uri":"/b","uri":"/c"}""", Fields);
        Assert.Equal("/c", read[LineField.Target]);
    }

    [Fact]
    public void An_escaped_key_is_the_key_and_a_key_with_points_is_a_path()
    {
        var read = Read.One("json", """{"t":1693840839,"\u0075ri":"/a","h.ua":"b"}""", Fields);
        Assert.Equal("/a", read[LineField.Target]);
        Assert.Equal("b", read[LineField.Agent]);
    }

    [Theory]
    [InlineData("{\"t\":1693840839", RejectReason.NotJson)]
    [InlineData("{\"t\":1693840839}{\"t\":1693840840}", RejectReason.NotJson)]
    [InlineData("{\"t\":1693840839,}", RejectReason.NotJson)]
    [InlineData("{\"t\":1693840839,\"x\":[1,{}", RejectReason.NotJson)]
    [InlineData("no", RejectReason.NotJson)]
    [InlineData("{}", RejectReason.NoTime)]
    [InlineData("{\"t\":null}", RejectReason.NoTime)]
    [InlineData("{\"t\":\"soon\"}", RejectReason.BadTime)]
    [InlineData("{\"t\":1693840839,\"st\":\"ok\"}", RejectReason.BadNumber)]
    public void A_line_that_is_no_record_says_why(string line, RejectReason reason) =>
        Assert.Equal(reason, Read.One("json", line, Fields).Reason);

    [Fact]
    public void A_line_is_read_alike_whatever_the_lines_before_it_were()
    {
        // Keys of several objects, written in several ways, in any order, some cut off.
        var key = OneOf(
            "\"uri\":", "\"uri\" :", "\"\\u0075ri\":", "\"ua\":", "\"h.ua\":", "\"t\":", "\"st\":", "\"n\":", "\"id\":",
            "\"other\":", "\"u\":", "\"uri\\\"\":", "\"\":", "uri\":", "\"uri\"");
        var value = OneOf("\"/a\"", "7", "null", "\"-\"", "1693840839", "[\"b\"]", " \"c\\\"d\"", "\"e");
        var members = Gen.Select(key, value, (k, v) => k + v).Array[0, 5];
        var line = Gen.Select(members, members, OneOf("\"h\":", "\"who\":", "\"uri\":"), (outer, inner, name) =>
            "{\"t\":1693840839," + string.Join(',', [.. outer, name + "{" + string.Join(',', inner) + "}"]) + "}");
        line.Array[1, 40].Sample(
            lines =>
            {
                var used = Read.Format("json", Fields);
                foreach (var each in lines)
                    Assert.Equal(Told(Read.Format("json", Fields), each), Told(used, each));
            },
            iter: 300, threads: 1);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Told(LineFormat format, string line)
    {
        var read = Read.One(format, Encoding.UTF8.GetBytes(line));
        return string.Join('|', Enum.GetValues<LineField>().Select(field => read[field]))
            + $"|{read.Reason}|{read.Time}|{read.Fields.Status}|{read.Fields.Bytes}";
    }

    [Fact]
    public void Depth_does_not_matter()
    {
        var line = "{\"x\":" + new string('[', 100_000) + new string(']', 100_000) + ",\"t\":1693840839}";
        Assert.Equal(RejectReason.None, Read.One("json", line, Fields).Reason);
    }

    private static string WellFormed(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\uFFFD", "?", StringComparison.Ordinal);
}
