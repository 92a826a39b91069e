using WhoSaw.Cli.Scanning;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

public sealed class FindingContinuationTests
{
    private static Finding Some(string id, string where) =>
        Outputs.SomeFinding.Of(id).Finding with { Where = where };

    [Fact]
    public void An_id_is_given_once_for_ever()
    {
        var found = FindingContinuation.Of(
            [Some("F2", "client = 'b'")], [Some("F1", "client = 'a'") with { Withdrawn = "explained" },
                Some("F9", "client = 'c'") with { Withdrawn = "explained" }],
            [Some("", "client = 'b'"), Some("", "client = 'a'"), Some("", "client = 'd'")]);

        Assert.Equal(["F2", "F10", "F11"], found.Select(finding => finding.Id));
    }

    [Fact]
    public void The_first_finding_of_a_ledger_is_the_first() =>
        Assert.Equal("F1", Assert.Single(FindingContinuation.Of([], [], [Some("", "unissued")])).Id);
}
