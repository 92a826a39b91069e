using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// What a scan found, as it is told to people: the one source of the terminal page and of the HTML report. Every
/// number is already exact; the pages only choose words. Sentences in it are English; the pages translate the known
/// ones.
/// </summary>
public sealed record ScanStory
{
    /// <summary>Lines read, with the rejected and the blank ones.</summary>
    public required long Lines { get; init; }
    public required int Files { get; init; }
    public required int Streams { get; init; }

    /// <summary>Event times of the first and the last line that had one; null when none had.</summary>
    public EventTime? First { get; init; }
    public EventTime? Last { get; init; }

    /// <summary>The zone in which people read times; days in this story are days of it.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Access records, that is, one person's data touched once.</summary>
    public long Accesses { get; init; }

    /// <summary>Different accounts in them.</summary>
    public long Accounts { get; init; }

    /// <summary>Lines that did not parse; they are kept.</summary>
    public long Rejected { get; init; }
    public IReadOnlyList<RejectCount> RejectReasons { get; init; } = [];

    /// <summary>
    /// How long the scan took, by the host's clock; only the terminal says it, so that reports stay the same.
    /// </summary>
    public double Seconds { get; init; }

    /// <summary>All findings, in the order of their ids.</summary>
    public IReadOnlyList<FindingStory> Findings { get; init; } = [];

    /// <summary>What earlier runs found and this one did not see again: still open.</summary>
    public IReadOnlyList<Finding> Open { get; init; } = [];
    public IReadOnlyList<GapStory> Gaps { get; init; } = [];

    /// <summary>Without a configuration: what was assumed. Each a whole sentence.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];
    public IReadOnlyList<InferredRouteStory> Routes { get; init; } = [];

    /// <summary>What a reader has to know about the input: late lines, truncated files, …</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The names of the detectors that ran.</summary>
    public IReadOnlyList<string> LookedFor { get; init; } = [];

    /// <summary>What could not be seen, and why: "no issuer log: …". Each a whole sentence.</summary>
    public IReadOnlyList<string> NotSeen { get; init; } = [];

    /// <summary>As given on the command line; null when nothing was recorded.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>As given on the command line; null without a configuration.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The logs as given on the command line.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Commands that the host wants to offer after the usual ones, quoted already.</summary>
    public IReadOnlyList<string> FurtherCommands { get; init; } = [];
    public required string Version { get; init; }

    /// <summary>The signed head of the ledger's journal, whole; null before there is one.</summary>
    public string? Checkpoint { get; init; }
    public IReadOnlyList<SourceStory> Sources { get; init; } = [];

    /// <summary>One entry for each stream and day that was looked at, empty days too.</summary>
    public IReadOnlyList<CoverageDay> Coverage { get; init; } = [];
    public IReadOnlyList<DayTotal> Days { get; init; } = [];
}

/// <param name="Reason">In words, English: "malformed".</param>
public sealed record RejectCount(string Reason, long Count);

/// <summary>A stretch in which a stream cannot show anything.</summary>
/// <param name="LikelyViews">Views that would lie in it at the pace of the finding beside it; null when not
/// estimated.</param>
/// <param name="AtMostViews">The bound of that estimate.</param>
public sealed record GapStory(
    string Stream, EventTime From, EventTime To, string Reason, long? LikelyViews = null, long? AtMostViews = null)
{
    /// <summary>
    /// The gaps that a scope cannot tell of. Its estimate is of all together: it stands beside a gap only where there
    /// is one.
    /// </summary>
    public static IReadOnlyList<GapStory> Of(Scope scope) =>
    [
        .. scope.Coverage.Gaps.Select(gap => scope.Coverage.Gaps.Count > 1
            ? new GapStory(gap.Stream, gap.From, gap.To, gap.Reason)
            : new GapStory(
                gap.Stream, gap.From, gap.To, gap.Reason,
                scope.CannotTell.ViewsExpected is { } likely ? (long)Math.Round(likely) : null,
                scope.CannotTell.ViewsAtMost)),
    ];
}

/// <summary>A route template inferred from the paths.</summary>
/// <param name="Values">Different values of its parameter.</param>
/// <param name="Why">Why it looks like personal data, or why not.</param>
public sealed record InferredRouteStory(
    string Route, long Requests, long Values, bool LooksPersonal, IReadOnlyList<string> Shows, string Why);

/// <param name="Size">Bytes as stored.</param>
public sealed record SourceStory(
    string Source, string Stream, string File, long Size, string Sha256, long Lines, long Records, long Rejects,
    bool Truncated = false);

/// <param name="MissingMinutes">Minutes of that day that lie in a gap, 0 to 1,440.</param>
public sealed record CoverageDay(string Stream, DateOnly Day, long Lines, int MissingMinutes);

/// <param name="Accounts">Different accounts of that day.</param>
public sealed record DayTotal(DateOnly Day, long Lines, long Accesses, long Accounts);
