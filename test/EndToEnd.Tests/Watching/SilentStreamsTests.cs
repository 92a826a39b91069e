using WhoSaw.Cli.Watching;
using WhoSaw.Ledger;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Watching;

public sealed class SilentStreamsTests
{
    private const long First = 29_077_000;

    [Fact]
    public void A_stream_that_stops_against_its_rhythm_is_a_finding_and_tells_its_end()
    {
        var clock = new MovedClock();
        var silence = new SilentStreams(
            from minute in Enumerable.Range(0, 3 * 24 * 60)
            from stream in new[] { "gw1", "gw2" }
            select new TotalsRow("web", stream, First + minute, null, Outcome.Disclosed, 20, 0), clock);
        var last = First + (3 * 24 * 60);
        Speak(silence, clock, last, 5, "gw1", "gw2");
        Assert.Empty(silence.Conclude());
        Speak(silence, clock, last + 5, 30, "gw1");
        var open = Assert.Single(silence.Conclude());
        Assert.Equal((FindingKind.Coverage, "web/gw2"), (open.Kind, open.ActorValue));
        Assert.EndsWith("is silent", open.Title, StringComparison.Ordinal);
        Speak(silence, clock, last + 35, 5, "gw1", "gw2");
        var over = Assert.Single(silence.Conclude());
        Assert.EndsWith("was silent", over.Title, StringComparison.Ordinal);
        Assert.Equal(open.Raised, over.Raised);
    }

    private static void Speak(SilentStreams silence, MovedClock clock, long from, int minutes, params string[] streams)
    {
        for (var minute = from; minute < from + minutes; minute++)
        {
            foreach (var stream in streams)
                silence.Add("web", stream, [new MinuteTotal(0, minute, -1, Outcome.Disclosed, 20, 0)]);
            clock.Pass(TimeSpan.FromMinutes(1));
            silence.Conclude();
        }
    }

    private sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddMinutes(First);

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _now += time;
    }
}
