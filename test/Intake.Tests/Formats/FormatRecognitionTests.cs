using System.Text;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class FormatRecognitionTests
{
    [Theory]
    [InlineData("combined", "combined")]
    [InlineData("nginx-ingress", "nginx-ingress")]
    [InlineData("aws-elb", "aws-elb")]
    [InlineData("aws-s3", "aws-s3")]
    [InlineData("w3c-iis", "w3c-iis")]
    [InlineData("cloudfront", "cloudfront")]
    [InlineData("haproxy", "haproxy")]
    [InlineData("caddy", "caddy")]
    [InlineData("akamai-ds2", "akamai-ds2")]
    public void A_known_format_is_recognised(string folder, string expected)
    {
        var file = Path.Combine(
            RepositoryFolder.Path, "test", "Intake.Tests", "Formats", "Golden", folder, "input.log");
        var lines = File.ReadAllLines(file).Select(Encoding.UTF8.GetBytes).ToList();

        Assert.Equal(expected, FormatRecognition.Recognise(lines)?.Name);
    }

    [Fact]
    public void Fields_of_unknown_json_are_guessed_and_said_to_be()
    {
        byte[] line =
            [.. """{"ts":"2025-04-14T00:00:05Z","ip":"192.0.2.1","uri":"/a","status":200,"sid":"s","uid":7}"""u8];
        var found = FormatRecognition.Recognise([line, line]);

        Assert.NotNull(found);
        Assert.Equal("json", found.Value.Options.Format);
        Assert.Contains("guessed", found.Value.Name, StringComparison.Ordinal);
        Assert.Equal("ip", found.Value.Options.Fields!["client"]);
        Assert.Equal("sid", found.Value.Options.Fields!["credential"]);
        Assert.Equal("uid", found.Value.Options.Fields!["account"]);
        Assert.Equal(1.0, found.Value.Share);
    }

    [Fact]
    public void A_log_of_IIS_with_its_directives_is_none_of_CloudFront()
    {
        byte[] fields = [.. "#Fields: date time c-ip cs-method cs-uri-stem cs(User-Agent) sc-status time-taken"u8];
        byte[] line = [.. "2025-04-14 09:00:00 192.0.2.1 GET /a App+1 200 15"u8];
        Assert.Equal("w3c-iis", FormatRecognition.Recognise([[.. "#Version: 1.0"u8], fields, line, line])?.Name);
    }

    [Fact]
    public void Lines_that_tell_nothing_but_a_time_are_recognised_as_nothing()
    {
        byte[] line = [.. """{"log":"GET / 200\n","stream":"stdout","time":"2025-04-14T00:00:05Z"}"""u8];
        Assert.Null(FormatRecognition.Recognise([line, line]));
    }

    [Fact]
    public void Prose_is_recognised_as_nothing() =>
        Assert.Null(FormatRecognition.Recognise([[.. "Once upon a time"u8], [.. "there was a log."u8]]));
}
