using WhoSaw.Intake.Sources;
using Xunit;

namespace WhoSaw.Intake.Tests.Sources;

public sealed class SourceFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whosaw-sources").FullName;

    public SourceFilesTests()
    {
        foreach (var file in (string[])
            ["logs/gw1-20250411.log.gz", "logs/gw2-20250411.log.gz", "logs/gw-eu-1-20250411.log.gz", "logs/other.txt",
                "logs/.gw9-20250411.log.gz", "nodes/a/access.log", "nodes/b/deep/access.log", "nodes/access.log"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), "");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("logs/{stream}-*.log.gz",
        "logs/gw-eu-1-20250411.log.gz=gw logs/gw1-20250411.log.gz=gw1 logs/gw2-20250411.log.gz=gw2")]
    [InlineData("logs/{stream}-????????.log.gz",
        "logs/gw-eu-1-20250411.log.gz=gw-eu-1 logs/gw1-20250411.log.gz=gw1 logs/gw2-20250411.log.gz=gw2")]
    [InlineData("./logs/*.txt", "./logs/other.txt=web")]
    [InlineData("nodes/{stream}/access.log", "nodes/a/access.log=a")]
    [InlineData("nodes/**/access.log", "nodes/a/access.log=web nodes/access.log=web nodes/b/deep/access.log=web")]
    [InlineData("nodes/**", "nodes/a/access.log=web nodes/access.log=web nodes/b/deep/access.log=web")]
    [InlineData("**/a/*", "nodes/a/access.log=web")]
    [InlineData("logs/other.txt", "logs/other.txt=web")]
    [InlineData("logs/../logs/o*", "logs/../logs/other.txt=web")]
    public void A_pattern_finds_its_files_and_their_streams_in_order(string pattern, string expected)
    {
        var (files, faults) = Expand(pattern);
        Assert.Empty(faults);
        Assert.Equal(expected, string.Join(' ', files.Select(file => $"{file.Display}={file.Stream}")));
        Assert.All(files, file => Assert.True(Path.IsPathFullyQualified(file.Path) && File.Exists(file.Path)));
    }

    [Theory]
    [InlineData("logs/none.log", "logs/none.log: there is no such file")]
    [InlineData("logs/*.zst", "logs/*.zst matches no file")]
    [InlineData("none/*/x", "none/*/x matches no file")]
    [InlineData("logs", "logs is a folder: name its files, for example logs/*.log")]
    [InlineData("{stream}/{stream}.log", "{stream}/{stream}.log holds {stream} more than once")]
    [InlineData("", "the source names no file")]
    public void What_cannot_be_read_is_said(string pattern, string fault)
    {
        var (files, faults) = Expand(pattern);
        Assert.Empty(files);
        Assert.Equal([fault], faults);
    }

    [Fact]
    public void An_absolute_path_is_taken_as_it_is()
    {
        var (files, _) = SourceFiles.Expand(Source(Path.Combine(_folder, "logs", "*.txt")), "elsewhere");
        Assert.Equal(Path.Combine(_folder, "logs", "other.txt"), Assert.Single(files).Path);
    }

    private (IReadOnlyList<SourceFile> Files, IReadOnlyList<string> Faults) Expand(string pattern) =>
        SourceFiles.Expand(Source(pattern), _folder);

    private static SourceOptions Source(string path) => new() { Id = "web", Path = path, Format = "nginx" };
}
