using System.Text;
using System.Text.Json;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class FindingJsonTests
{
    [Fact]
    public void A_finding_comes_back_as_it_was()
    {
        var finding = Some.Finding("F1");
        var read = FindingJson.Read(FindingJson.ToLine(finding));
        Assert.Equal(finding with { Samples = [], Evidence = [] }, read with { Samples = [], Evidence = [] });
        Assert.Equal(finding.Samples, read.Samples);
        Assert.Equal(finding.Evidence, read.Evidence);
    }

    [Fact]
    public void The_names_are_those_of_the_design()
    {
        using var json = JsonDocument.Parse(FindingJson.ToLine(Some.Finding("F1")));
        string[] names =
        [
            "id", "kind", "detector", "severity", "raised", "first", "last", "title", "why", "actor", "where",
            "technique", "samples", "evidence",
        ];
        Assert.Equal(names, json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("access", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal("high", json.RootElement.GetProperty("severity").GetString());
        Assert.Equal("2025-04-14T12:00:00.123456Z", json.RootElement.GetProperty("raised").GetString());
        Assert.Equal("client", json.RootElement.GetProperty("actor").GetProperty("kind").GetString());
    }

    [Fact]
    public void A_line_is_one_line_and_keeps_its_text_readable()
    {
        var line = Encoding.UTF8.GetString(FindingJson.ToLine(Some.Finding("F1", "a\nb")));
        Assert.DoesNotContain('\n', line);
        Assert.Contains("열 배", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_that_the_host_added_are_passed_over()
    {
        var line = Encoding.UTF8.GetString(FindingJson.ToLine(Some.Finding("F1")));
        var more = Encoding.UTF8.GetBytes(line[..^1] + ",\"accounts\":3,\"views\":9}");
        Assert.Equal("F1", FindingJson.Read(more).Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":")]
    public void What_is_no_finding_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => FindingJson.Read(Encoding.UTF8.GetBytes(text)));
}
