using System.Text.Json;
using WhoSaw.Cli.Outputs;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Outputs;

/// <summary>
/// The attributes that the published schema of OCSF 1.4 requires of a Detection Finding: its own, those of the base
/// event, and those of the objects in it.
/// </summary>
public sealed class OcsfTests
{
    private static readonly string[] Required =
    [
        "activity_id", "category_uid", "class_uid", "type_uid", "severity_id", "time", "metadata.version",
        "metadata.product.name", "metadata.product.vendor_name", "finding_info.uid", "finding_info.title",
        "finding_info.analytic.type_id",
    ];

    private static JsonElement Event(RaisedFinding finding) =>
        JsonDocument.Parse(OcsfEvent.Write(finding)).RootElement;

    [Fact]
    public void A_finding_has_every_attribute_that_the_schema_requires()
    {
        var root = Event(SomeFinding.Of());
        foreach (var path in Required)
        {
            var at = root;
            foreach (var part in path.Split('.'))
                Assert.True(at.TryGetProperty(part, out at), path);
            Assert.NotEqual(JsonValueKind.Null, at.ValueKind);
        }
    }

    [Fact]
    public void Its_class_category_and_type_agree()
    {
        var root = Event(SomeFinding.Of());
        Assert.Equal((2, 2004, 1, 200401), (
            root.GetProperty("category_uid").GetInt32(), root.GetProperty("class_uid").GetInt32(),
            root.GetProperty("activity_id").GetInt32(), root.GetProperty("type_uid").GetInt32()));
        var known = Event(SomeFinding.Of() with { IsKnown = true });
        Assert.Equal(200402, known.GetProperty("type_uid").GetInt32());
        Assert.False(known.GetProperty("is_alert").GetBoolean());
    }

    [Theory]
    [InlineData(Severity.Info, 1, "Informational")]
    [InlineData(Severity.Low, 2, "Low")]
    [InlineData(Severity.Medium, 3, "Medium")]
    [InlineData(Severity.High, 4, "High")]
    [InlineData(Severity.Critical, 5, "Critical")]
    public void Its_severity_is_of_the_schema(Severity severity, int number, string name)
    {
        var root = Event(SomeFinding.Of(severity: severity));
        Assert.Equal((number, name), (
            root.GetProperty("severity_id").GetInt32(), root.GetProperty("severity").GetString()));
    }

    [Fact]
    public void Times_are_milliseconds_and_the_technique_is_named()
    {
        var root = Event(SomeFinding.Of());
        Assert.Equal(1_744_599_900_000, root.GetProperty("time").GetInt64());
        Assert.Equal(1_744_599_600_000, root.GetProperty("start_time").GetInt64());
        var attack = Assert.Single(root.GetProperty("finding_info").GetProperty("attacks").EnumerateArray());
        Assert.Equal("T1213.006", attack.GetProperty("technique").GetProperty("uid").GetString());
    }
}
