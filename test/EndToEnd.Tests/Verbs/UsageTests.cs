using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

public sealed class UsageTests
{
    [Theory]
    [InlineData("There is no command plan; there are init, scan", "plan")]
    [InlineData("Say which: status, verify", "ledger")]
    [InlineData("There is no command stauts; there are status", "ledger", "stauts")]
    [InlineData("There is no option --nope.", "scope", "--nope")]
    [InlineData("seven is one word too many for status.", "ledger", "status", "--ledger", "nowhere", "seven")]
    [InlineData("Option '--ledger' is required.", "scope")]
    public void Wrong_words_are_named_in_a_sentence(string sentence, params string[] words)
    {
        var said = Whosaw.Run(words);
        Assert.Equal((2, ""), (said.Status, said.Out));
        Assert.StartsWith("whosaw: " + sentence, said.Error, StringComparison.Ordinal);
        Assert.Contains("Try: whosaw ", said.Error, StringComparison.Ordinal);
    }
}
