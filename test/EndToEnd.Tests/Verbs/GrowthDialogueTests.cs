using WhoSaw.Cli;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

public sealed class GrowthDialogueTests
{
    private static readonly GrowthResult TwoSteps = new(
        1, [Step("client = '198.51.100.7'"), Step("client = '198.51.100.9'")], 20.7, 100, [], []);

    [Theory]
    [InlineData("y\ny\n", 2)]
    [InlineData("y\nwhat\nno\n", 1)]
    [InlineData("n\nn\n", 0)]
    public void Each_step_is_accepted_or_refused(string answers, int accepted) =>
        Assert.Equal(accepted, Ask(answers).Accepted!.Count);

    [Theory]
    [InlineData("")]
    [InlineData("y\n")]
    public void Where_the_answers_end_before_the_steps_nothing_is_issued(string answers)
    {
        var (accepted, error) = Ask(answers);
        Assert.Null(accepted);
        Assert.Contains("nothing is issued", error, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<GrowthStep>? Accepted, string Error) Ask(string answers)
    {
        var error = new StringWriter();
        var host = new Host(new StringWriter(), error, () => Stream.Null, () => Stream.Null, TimeProvider.System);
        var dialogue = new GrowthDialogue(host, null, new StringReader(answers));
        return (dialogue.Accepted(TwoSteps, TimeZoneInfo.Utc, Language.English), error.ToString());
    }

    private static GrowthStep Step(string literal) =>
        new(GrowthTrail.Actors, Predicate.Parse(literal).OrThrow(), 30, 10, 1, 0.9, 5, []);
}
