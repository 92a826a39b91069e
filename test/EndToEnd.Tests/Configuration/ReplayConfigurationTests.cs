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
        var shared = SharedFolder();
        Assert.SkipUnless(shared is not null, "the replays are not here: set WHOSAW_SHARED to their folder");
        var (configuration, faults) = ConfigurationFile.Load(Path.Combine(shared, "replays", replay, "whosaw.yaml"));
        Assert.Empty(faults);
        Assert.Equal((sources, 6), (configuration!.Sources.Count, configuration.Routes.Count));
        var found = configuration.Sources
            .SelectMany(source => Intake.Sources.SourceFiles.Expand(source, configuration.Directory).Files).ToList();
        Assert.Equal(files, found.Count);
        Assert.All(found, file => Assert.True(file.Stream.Length is > 0 and < 10 && !file.Stream.Contains('-')));
    }

    private static string? SharedFolder()
    {
        if (Environment.GetEnvironmentVariable("WHOSAW_SHARED") is { Length: > 0 } named)
            return named;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "WhoSaw.slnx")))
                return Path.GetDirectoryName(folder) is { } parent && Directory.Exists(Path.Combine(parent, "shared"))
                    ? Path.Combine(parent, "shared")
                    : null;
        return null;
    }
}
