namespace WhoSaw.Intake.Tests.Tailing;

/// <summary>A clock that a test moves.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = new(2025, 4, 14, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(double seconds) => _now = _now.AddSeconds(seconds);
}
