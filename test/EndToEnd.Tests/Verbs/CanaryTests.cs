using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

public sealed class CanaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whosaw-canary-").FullName;

    [Fact]
    public void Decoys_are_written_as_the_register_takes_them()
    {
        var (accounts, decoys) = (Write("members.csv", Members(2000)), Path.Combine(_folder, "decoys.csv"));
        var said = Whosaw.Run("canary", "plan", "--accounts", accounts, "--count", "8", "--seed", "5", "--out", decoys);
        Assert.Equal((0, ""), (said.Status, said.Error));
        Assert.Contains("» 8", said.Out, StringComparison.Ordinal);
        var lines = File.ReadAllLines(decoys);
        Assert.Equal("account,status", lines[0]);
        Assert.Equal(8, lines.Length - 1);
        var members = File.ReadLines(accounts).Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        Assert.All(lines.Skip(1), line =>
        {
            Assert.EndsWith(",canary", line, StringComparison.Ordinal);
            Assert.DoesNotContain(line.Split(',')[0], members);
        });
    }

    [Fact]
    public void The_choice_is_the_same_for_a_seed_and_another_without()
    {
        var accounts = Write("members.csv", Members(2000));
        string Decoys(string name, params string[] more)
        {
            var path = Path.Combine(_folder, name);
            Whosaw.Run(["canary", "plan", "--accounts", accounts, "--count", "40", "--out", path, .. more]);
            return File.ReadAllText(path);
        }
        Assert.Equal(Decoys("a", "--seed", "5"), Decoys("b", "--seed", "5"));
        Assert.NotEqual(Decoys("c"), Decoys("d"));
    }

    [Fact]
    public void Deleted_accounts_are_no_decoys()
    {
        var accounts = Write("members.csv", "account,status\n1,active\n3,active\n4,active\n");
        var deleted = Write("deleted.txt", "2\n");
        var said = Whosaw.Run("canary", "plan", "--accounts", accounts, "--count", "1", "--except", deleted);
        Assert.Contains("no hole", said.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account,status\nkim,active\nlee,active\n", "are no integers")]
    [InlineData("account,status\n1,active\n", "decoys hide among others")]
    [InlineData("account\n1\n", "the column 'status' is missing")]
    public void What_cannot_be_planned_is_said(string accounts, string sentence)
    {
        var said = Whosaw.Run("canary", "plan", "--accounts", Write("members.csv", accounts));
        Assert.Equal(2, said.Status);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_use_is_told_where_help_is()
    {
        var said = Whosaw.Run("canary", "plan");
        Assert.Equal(2, said.Status);
        Assert.Contains("Try: whosaw canary plan --help", said.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // 0, 2, 10, 12, 20 …
    private static string Members(int count) => "account,status\n" + string.Concat(
        Enumerable.Range(0, count).Select(place => $"{place / 2 * 10 + place % 2 * 2},active\n"));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
