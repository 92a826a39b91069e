using WhoSaw.Cli.Outputs;
using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Outputs;

public sealed class AskedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_could_not_be_written_to_its_end_is_empty()
    {
        var path = _folder.At("exposed.csv");
        AskedFile.Write(path, file => file.Write("account,views\n1,7\n"u8));
        Assert.Equal("account,views\n1,7\n", File.ReadAllText(path));
        Assert.Throws<IOException>(() => AskedFile.Write(path, file =>
        {
            file.Write("account,views\n"u8);
            file.Flush();
            throw new IOException("no space left");
        }));
        Assert.Equal("", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("exposed.csv")]
    [InlineData("exposed.parquet")]
    public void A_scope_for_which_the_disk_is_too_small_ends_in_a_sentence(string name)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        using var evidence = new Evidence();
        var (replay, path) = (_folder.At("replay"), _folder.At(name));
        Assert.Equal(0, Whosaw.Run("simulate", "quiet", "--out", replay, "--accounts", "1000", "--days", "5").Status);
        Assert.InRange(evidence.Scan(Path.Combine(replay, "whosaw.yaml")).Status, 0, 1);
        File.CreateSymbolicLink(path, "/dev/full");
        var said = Whosaw.Run("scope", "--ledger", evidence.Ledger, "--where", "true", "--out", path);
        Assert.Equal(2, said.Status);
        Assert.Contains("No space left", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(evidence.Ledger, "scopes")), "a scope was issued");
    }
}
