namespace WhoSaw.Intake.Tailing;

/// <summary>How growing logs are followed. Durations are of the clock that is passed in.</summary>
public sealed record TailOptions
{
    /// <summary>How often the names in the folders are looked at; less often where that takes long.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a line waits, from its arrival, for streams that are behind it in event time. What comes later still is
    /// recorded, and seen by detection out of order.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many bytes of lines may wait for other streams in memory, all files together.</summary>
    public long Waiting { get; init; } = 64 << 20;

    /// <summary>
    /// How long a file that was rotated away has to be quiet before it counts as ended; a last line without a line end
    /// counts then.
    /// </summary>
    public TimeSpan Ended { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a file must be smaller than what was read, its beginning unchanged, before that is believed: network
    /// file systems show old sizes for a while.
    /// </summary>
    public TimeSpan Shrunk { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a compressed file must not change before it is read.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the rest of a rotated file that was not read to its end is looked for.</summary>
    public TimeSpan Missing { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Finished files that are remembered, so that they are known under another name.</summary>
    public int Remembered { get; init; } = 20_000;
}
