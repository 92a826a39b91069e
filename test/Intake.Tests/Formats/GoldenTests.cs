using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

/// <summary>
/// A folder of the name of a format holds lines and what they read as. New cases are found by themselves.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Golden = Path.Combine(
        RepositoryFolder.Path, "test", "Intake.Tests", "Formats", "Golden");

    public static TheoryData<string> Folders() =>
        [.. Directory.GetDirectories(Golden).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_read_as_expected(string folder)
    {
        var input = File.ReadAllBytes(Path.Combine(Golden, folder, "input.log"));
        var expected = File.ReadAllLines(Path.Combine(Golden, folder, "expected.jsonl"));

        Assert.Equal(expected, Read.All(Read.Format(folder), input));
    }

    [Fact]
    public void Every_known_format_has_golden_lines() =>
        Assert.Empty(
            FormatCatalog.Names.Except(Directory.GetDirectories(Golden).Select(folder => Path.GetFileName(folder))));
}
