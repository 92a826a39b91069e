using WhoSaw.Cli.Scanning;

namespace WhoSaw.Cli.Watching;

/// <summary>What was asked for on the command line of <c>watch</c>.</summary>
internal sealed record WatchRequest
{
    public required ScanRequest Scan { get; init; }

    /// <summary>How long a line waits for streams that are behind.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often at least what was read is made durable; a finding is at once.</summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the state of detection is saved; what came since is read again after a crash.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where metrics and health are served on loopback; null for nowhere.</summary>
    public int? MetricsPort { get; init; }
}
