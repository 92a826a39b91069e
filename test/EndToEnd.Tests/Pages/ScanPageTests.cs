using System.Globalization;
using Spectre.Console;
using WhoSaw.Cli.Pages;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Tests.Reports;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Pages;

public sealed class ScanPageTests
{
    private static readonly Language[] Both = [Language.English, Language.Korean];

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void A_theft_is_told_as_agreed(string code) => Check("theft", ForgedPassStory.Whole, code);

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Nothing_found_says_what_was_looked_for_and_not_seen(string code) =>
        Check("quiet", ForgedPassStory.Quiet, code);

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Without_a_configuration_it_says_what_it_assumed(string code) =>
        Check("unconfigured", ForgedPassStory.Unconfigured, code);

    [Fact]
    public void Every_number_of_the_finding_is_on_the_page()
    {
        var finding = ForgedPassStory.Theft();
        long[] numbers =
        [
            ForgedPassStory.Whole.Lines, ForgedPassStory.Whole.Accesses, ForgedPassStory.Whole.Accounts,
            finding.Accounts, finding.People!.Value, finding.Views, 48, 96, finding.Canaries!.Low,
            finding.Canaries.High,
        ];
        foreach (var language in Both)
        {
            var page = Page(ForgedPassStory.Whole, language);
            Assert.All(numbers, number =>
                Assert.Contains(number.ToString("N0", CultureInfo.InvariantCulture), page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_line_is_wider_than_a_hundred_columns()
    {
        foreach (var story in new[] { ForgedPassStory.Whole, ForgedPassStory.Quiet, ForgedPassStory.Unconfigured })
            foreach (var language in Both)
                Assert.All(Page(story, language).Split('\n'), line => Assert.InRange(CellText.Width(line), 0, 100));
    }

    [Fact]
    public void Colour_changes_no_word()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(text),
        });
        ScanPage.Write(console, ForgedPassStory.Whole, Language.English);
        var coloured = text.ToString();
        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
        var bare = System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "");
        Assert.Equal(Page(ForgedPassStory.Whole, Language.English),
            bare.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void An_escape_code_in_a_log_does_not_reach_the_terminal()
    {
        var hostile = ForgedPassStory.Theft() with { Who = ["agent \u001b[2J\u202eevil"] };
        var page = Page(ForgedPassStory.Whole with { Findings = [hostile] }, Language.English);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("\\u001b[2J", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_blanks_and_quotes_can_be_pasted()
    {
        var page = Page(ForgedPassStory.Whole with { LedgerPath = "it's evidence" }, Language.English);
        Assert.Contains("--ledger 'it'\\''s evidence' --finding F1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void People_that_nobody_counted_are_bounded_or_unknown()
    {
        var bounded = ForgedPassStory.Theft() with { People = null, PeopleBounds = (2_797, 58_737) };
        var unknown = bounded with { PeopleBounds = null };
        Assert.Contains("between 2,797 and 58,737 people",
            Page(ForgedPassStory.Whole with { Findings = [bounded] }, Language.English), StringComparison.Ordinal);
        Assert.Contains("people not known",
            Page(ForgedPassStory.Whole with { Findings = [unknown] }, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Decoys_that_disagree_are_said_loudly()
    {
        var finding = ForgedPassStory.Theft() with { Canaries = new(14, 500, 28_100, 15_420, 46_630, false) };
        Assert.Contains("THE DECOYS DISAGREE",
            Page(ForgedPassStory.Whole with { Findings = [finding] }, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_is_told_once_although_a_finding_says_it_too()
    {
        var page = Page(ForgedPassStory.Whole, Language.English);
        Assert.Equal(2, page.Split("17 April").Length);
    }

    private static void Check(string name, ScanStory story, string code)
    {
        Assert.True(Languages.TryParse(code, out var language));
        Golden.Check($"{name}.{code}.txt", Page(story, language));
    }

    private static string Page(ScanStory story, Language language) =>
        Golden.Render(console => ScanPage.Write(console, story, language));
}
