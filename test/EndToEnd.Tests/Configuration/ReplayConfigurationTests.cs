using WhoSaw.Cli;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Configuration;

public sealed class ReplayConfigurationTests
{
    [Theory]
    [InlineData("blind", 1, 20)]
    [InlineData("bola", 2, 55)]
    [InlineData("forged", 2, 55)]
    [InlineData("quiet", 2, 55)]
    public void The_configurations_of_the_replays_load_unchanged(string replay, int sources, int files)
    {
        var path = SharedFolder.Find("replays", replay, "whosaw.yaml");
        Assert.SkipUnless(path is not null, SharedFolder.Missing);
        var (configuration, faults) = ConfigurationFile.Load(path);
        Assert.Empty(faults);
        Assert.Equal((sources, 6), (configuration!.Sources.Count, configuration.Routes.Count));
        var found = configuration.Sources
            .SelectMany(source => Intake.Sources.SourceFiles.Expand(source, configuration.Directory).Files).ToList();
        Assert.Equal(files, found.Count);
        Assert.All(found, file => Assert.True(file.Stream.Length is > 0 and < 10 && !file.Stream.Contains('-')));
    }
}
