using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WhoSaw.Architecture.Tests;

public sealed class PackageTests
{
    [Fact]
    public void Every_version_has_its_reason_above_it()
    {
        var xml = XDocument.Parse(Repository.Text("Directory.Packages.props"));
        Assert.All(xml.Descendants("PackageVersion"), package =>
        {
            var above = package.NodesBeforeSelf().LastOrDefault(node => node is not XText);
            Assert.True(above is XComment { Value.Length: > 10 },
                $"{package.Attribute("Include")!.Value} has no reason above it");
        });
    }

    [Fact]
    public void Every_version_is_used()
    {
        var used = Repository.Projects.SelectMany(project => project.Packages).ToHashSet();
        used.UnionWith(Regex.Matches(Repository.Text("Directory.Build.props"), "PackageReference Include=\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value));
        var pinned = XDocument.Parse(Repository.Text("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);
        Assert.Empty(pinned.Except(used));
    }
}
