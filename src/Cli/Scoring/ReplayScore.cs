using WhoSaw.Records;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// How much of what is true was said, and how much of what was said is true. Shares from 0 to 1; null: nothing to
/// compare.
/// </summary>
internal sealed record Matched(long True, long Said, long Both)
{
    public double? Recall => True == 0 ? null : (double)Both / True;
    public double? Precision => Said == 0 ? null : (double)Both / Said;

    /// <summary>Said against true, as a share: 0 is exact, −1 is nothing.</summary>
    public double? CountError => True == 0 ? null : (double)(Said - True) / True;
}

/// <summary>How the product did on one replay.</summary>
internal sealed record ReplayScore
{
    public required string Folder { get; init; }
    public required string Scenario { get; init; }

    /// <summary>Of the world that was simulated for it; 0 for a folder.</summary>
    public ulong Seed { get; init; }
    public required bool IsCrime { get; init; }

    /// <summary>Whether anything of the crime stands in logs that scope reads.</summary>
    public required bool IsLogged { get; init; }

    /// <summary>Where it does not: the scope says that people are unknown, and bounds them rightly.</summary>
    public bool IsBounded { get; init; }
    public long Lines { get; init; }
    public double Seconds { get; init; }
    public double Days { get; init; }
    public int TrueFindings { get; init; }
    public int FalseFindings { get; init; }

    /// <summary>Detectors of true findings, first first.</summary>
    public IReadOnlyList<string> FoundBy { get; init; } = [];
    public IReadOnlyList<string> FalseBy { get; init; } = [];
    public EventTime? CrimeFirst { get; init; }
    public EventTime? CrimeLast { get; init; }
    public EventTime? Raised { get; init; }
    public double? HoursToDetect { get; init; }
    public long? AccountsBeforeAlarm { get; init; }
    public Matched Pairs { get; init; } = new(0, 0, 0);
    public Matched Accounts { get; init; } = new(0, 0, 0);

    /// <summary>Null without a list of people.</summary>
    public Matched? People { get; init; }
    public long ViewsTrue { get; init; }
    public long ViewsSaid { get; init; }
    public int GapsTrue { get; init; }
    public int GapsNamed { get; init; }
    public int GapsFalse { get; init; }
    public double PrecisionFloor { get; init; } = 0.999;

    /// <summary>By hour since the crime began, the accounts that were exposed by then; at most 400 points.</summary>
    public IReadOnlyList<(double Hour, long Accounts)> Curve { get; init; } = [];

    public bool IsMissed => IsCrime && TrueFindings == 0;
    public double FalseFindingsADay => FalseFindings / Math.Max(1, Days);

    /// <summary>Found, scoped exactly, no false alarm, every gap named and no other.</summary>
    public bool IsRight => FalseFindings == 0 && GapsNamed == GapsTrue && GapsFalse == 0
        && (!IsCrime || (!IsMissed && (IsLogged
            ? Pairs.Recall >= 0.999 && Pairs.Precision >= PrecisionFloor
            : IsBounded && Pairs.Said == 0)));
}
