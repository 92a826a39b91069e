using System.Globalization;
using CsCheck;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class FormatStringTests
{
    private const string Main =
        "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" "
            + "\"$http_user_agent\"";

    [Fact]
    public void The_combined_string_and_the_combined_format_read_the_same()
    {
        var letters = Gen.Char["abcXYZ019 -_.;()/%[]"].Array[1, 30].Select(text => new string(text));
        var gen = Gen.Select(Gen.Int[0, 60_000_000], letters, letters, Gen.Int[100, 599], Gen.Long[0, 1L << 40]);
        gen.Sample((seconds, agent, target, status, bytes) =>
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + seconds);
            var clf = time.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
            var line = $"192.0.2.7 - - [{clf} +0000] \"GET /{target} HTTP/1.1\" {status} {bytes} \"-\" \"{agent}\"";
            foreach (var format in (string[])["combined", Main])
            {
                var read = Read.One(format, line);
                Assert.Equal(RejectReason.None, read.Reason);
                Assert.Equal(time.ToUnixTimeSeconds() * 1_000_000, read.Fields.Time.Microseconds);
                Assert.Equal("192.0.2.7", read[LineField.Client]);
                Assert.Equal("GET", read[LineField.Method]);
                Assert.Equal("/" + target, read[LineField.Target]);
                Assert.Equal(status, read.Fields.Status);
                Assert.Equal(bytes, read.Fields.Bytes);
                Assert.Equal(agent == "-" ? "" : agent, read[LineField.Agent]);
            }
        }, iter: 1_000, threads: 1);
    }

    [Fact]
    public void A_quote_inside_does_not_break_the_line()
    {
        var line = "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /a\" b HTTP/1.1\" 200 12 \"-\" \"x \"y\" \\x22z\"";
        foreach (var format in (string[])["combined", Main])
        {
            var read = Read.One(format, line);
            Assert.Equal("/a\" b", read[LineField.Target]);
            Assert.Equal("x \"y\" \"z", read[LineField.Agent]);
        }
    }

    [Fact]
    public void Cookies_and_headers_are_named_by_the_configuration()
    {
        var read = Read.One(
            "$remote_addr [$time_iso8601] $request_method $scheme://$host$request_uri $status $cookie_app "
                + "$http_x_member $request_time",
            "192.0.2.1 [2025-04-14T00:00:00+09:00] GET https://example.com/a?b=1 200 c00c1e 42 0.250",
            ("credential", "$cookie_app"), ("account", "http_x_member"));
        Assert.Equal("c00c1e", read[LineField.Credential]);
        Assert.Equal("42", read[LineField.Account]);
        Assert.Equal("/a?b=1", read[LineField.Target]);
        Assert.Equal(250_000, read.Fields.Duration);
    }

    [Fact]
    public void Apache_directives_are_read()
    {
        var read = Read.One(
            "%v %{X-Forwarded-For}i %a %l %u %{%Y-%m-%d %H:%M:%S}t.%{msec_frac}t \\\"%m %U%q %H\\\" "
                + "%>s %b %D \\\"%{User-Agent}i\\\" %{JSESSIONID}C",
            "example.com 203.0.113.5 192.0.2.1 - bob 2025-04-14 10:20:30.123 \"GET /a?x=1 HTTP/1.1\" "
                + "200 12 1500 \"agent \\\"q\\\"\" 5E55");
        Assert.Equal("2025-04-14T10:20:30.123Z", read.Time);
        Assert.Equal("192.0.2.1", read[LineField.Client]);
        Assert.Equal("203.0.113.5", read[LineField.Forwarded]);
        Assert.Equal("/a?x=1", read[LineField.Target]);
        Assert.Equal("agent \"q\"", read[LineField.Agent]);
        Assert.Equal("5E55", read[LineField.Credential]);
        Assert.Equal(1_500, read.Fields.Duration);
    }

    [Theory]
    [InlineData("$remote_addr $status", "no time")]
    [InlineData("$time_local$status", "nothing stands between")]
    [InlineData("$time_local $ x", "no name")]
    [InlineData("%t %", "not a directive")]
    [InlineData("ngnix", "neither a known name")]
    public void A_bad_format_is_explained(string format, string because)
    {
        var options = new FormatOptions(format);
        Assert.Null(FormatCatalog.Create(options));
        Assert.Contains(because, Assert.Single(FormatCatalog.Validate(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_explained() =>
        Assert.Contains("no field 'clinet'",
            FormatCatalog.Validate(
                new FormatOptions("json", new Dictionary<string, string> { ["clinet"] = "ip", ["time"] = "ts" }))[0],
            StringComparison.Ordinal);
}
