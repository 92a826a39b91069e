using CsCheck;
using WhoSaw.Cli.Pages;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Pages;

public sealed class CellTextTests
{
    private static readonly Gen<string> Texts =
        Gen.Char["ab ·한글개인정보12,"].Array[0, 200].Select(characters => new string(characters));

    [Fact]
    public void Wrapped_lines_fit_and_lose_nothing_but_blanks() => Texts.Select(Gen.Int[8, 60]).Sample((text, width) =>
    {
        var lines = CellText.Wrap(text, width);
        Assert.All(lines, line => Assert.InRange(CellText.Width(line), 0, width));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal),
            string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    });

    [Fact]
    public void Padding_counts_cells_not_characters() =>
        Assert.Equal(10, CellText.Width(CellText.PadRight("개인정보", 10)));

    [Fact]
    public void Days_that_do_not_fit_share_a_bar_which_shows_the_highest()
    {
        var line = Sparkline.Of([.. Enumerable.Range(0, 209).Select(i => i == 104 ? 900L : 1L)], 70);
        Assert.Equal(3, line.DaysPerBar);
        Assert.Equal(70, line.Bars.Length);
        Assert.Contains('█', line.Bars);
        Assert.Equal("· █", Sparkline.Of([0, 5], 70).Bars);
    }
}
