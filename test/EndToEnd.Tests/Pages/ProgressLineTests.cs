using WhoSaw.Cli.Pages;
using WhoSaw.Scoping.Reports;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Pages;

public sealed class ProgressLineTests
{
    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void Work_under_a_second_shows_nothing()
    {
        var (clock, error) = (new Clock(), new StringWriter());
        using (var line = new ProgressLine(error, true, 100, clock, Language.English))
        {
            clock.Pass(0.9);
            line.Report(10, 20, 1);
        }
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void Where_standard_error_is_no_terminal_nothing_is_shown()
    {
        var (clock, error) = (new Clock(), new StringWriter());
        using (var line = new ProgressLine(error, false, 100, clock, Language.English))
        {
            clock.Pass(30);
            line.Report(10, 20, 1);
        }
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void It_tells_share_speed_and_time_left_and_then_goes_away()
    {
        var (clock, error) = (new Clock(), new StringWriter());
        var line = new ProgressLine(error, true, 120, clock, Language.English);
        clock.Pass(4);
        line.Report(100_000_000, 400_000_000, 1_600_000);
        Assert.Equal("\r\u001b[2K  ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25 %  "
            + "100.0 MB / 400.0 MB  400,000 lines/s  25.0 MB/s  0:12 left",
            error.ToString());
        line.Dispose();
        Assert.EndsWith("\r\u001b[2K", error.ToString(), StringComparison.Ordinal);
        var shown = error.ToString().Length;
        clock.Pass(1);
        line.Report(200_000_000, 400_000_000, 3_200_000);
        Assert.Equal(shown, error.ToString().Length);
    }

    [Fact]
    public void A_narrow_terminal_never_wraps_it_and_an_unknown_length_has_no_bar()
    {
        var (clock, error) = (new Clock(), new StringWriter());
        using var line = new ProgressLine(error, true, 30, clock, Language.Korean);
        clock.Pass(2);
        line.Report(5_000_000, 0, 70_000);
        var text = error.ToString()["\r\u001b[2K".Length..];
        Assert.InRange(CellText.Width(text), 1, 29);
        Assert.DoesNotContain('━', text);
    }
}
