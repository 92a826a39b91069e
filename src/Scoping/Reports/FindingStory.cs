using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// A finding with its scope: how many accounts, people and views, which data, when, and what is not known.
/// </summary>
public sealed record FindingStory
{
    public required Finding Finding { get; init; }
    public long Accounts { get; init; }

    /// <summary>
    /// Null when nobody told which people stand behind the accounts; <see cref="PeopleBounds"/> then bounds it.
    /// </summary>
    public long? People { get; init; }

    /// <summary>With those whom no directory names; no upper bound where nothing limits them.</summary>
    public (long Low, long? High)? PeopleBounds { get; init; }
    public long Views { get; init; }

    /// <summary>Rows of databases that name nobody: people unknown.</summary>
    public long UnnamedRows { get; init; }

    /// <summary>Bytes of which no log says whose data they were.</summary>
    public long UnnamedBytes { get; init; }

    /// <summary>Views of people's data of which the log does not say whose they were.</summary>
    public long UnnamedViews { get; init; }

    /// <summary>Data categories by name, in the order of the configuration.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
    public IReadOnlyList<OperationCount> Operations { get; init; } = [];
    public IReadOnlyList<CategoryCount> Categories { get; init; } = [];

    /// <summary>Every day of the scan in the story's zone, days without a view too.</summary>
    public IReadOnlyList<DayCount> PerDay { get; init; } = [];

    /// <summary>The reasons, with their comparison; those of the finding unless the host has better ones.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Who it was, a sentence a line.</summary>
    public IReadOnlyList<string> Who { get; init; } = [];

    /// <summary>Different accounts read before <see cref="Finding.Raised"/>.</summary>
    public long AccountsBeforeAlarm { get; init; }

    /// <summary>Gaps that lie within the time of the finding, with what they may hide.</summary>
    public IReadOnlyList<GapStory> Gaps { get; init; } = [];

    /// <summary>What else cannot be told; a whole sentence.</summary>
    public string? CannotTell { get; init; }
    public CanaryStory? Canaries { get; init; }
    public TestPhase? Test { get; init; }
    public BreadthStory? Breadth { get; init; }
    public SuspicionStory? Suspicion { get; init; }

    /// <summary>True when it is about people's data, and not a state of keys or of logs.</summary>
    public bool IsAboutPeople => Finding.Kind is FindingKind.Access or FindingKind.Spill;

    /// <summary>False for what one line says well enough: phones and addresses that lie in a log.</summary>
    public bool IsToldInFull =>
        IsAboutPeople && (Finding.Kind != FindingKind.Spill || Finding.Severity >= Severity.Medium);
}

/// <param name="Fields">Data categories that the operation shows.</param>
public sealed record OperationCount(string Name, long Accounts, long Views, IReadOnlyList<string> Fields);

public sealed record CategoryCount(string Category, long Accounts, long Views);

/// <param name="Accounts">Different accounts of that day.</param>
/// <param name="NewAccounts">Those of them that no earlier day of the finding had; they add up to the finding's
/// accounts.</param>
public sealed record DayCount(DateOnly Day, long Accounts, long NewAccounts, long Views);

/// <summary>What the decoys say by themselves about the number of accounts, with a 95 % interval.</summary>
/// <param name="Agrees">False when the count from the logs lies outside of what the decoys allow.</param>
public sealed record CanaryStory(long Touched, long Planted, long Estimate, long Low, long High, bool Agrees);

/// <summary>A few requests long before the rest: somebody tried.</summary>
public sealed record TestPhase(EventTime First, EventTime Last, long Requests, EventTime SteadilySince);

/// <summary>
/// How many different people actors saw in a window, the found ones and their peers, and where the line is.
/// </summary>
/// <param name="Window">hour, day, month or year.</param>
public sealed record BreadthStory(string Window, double Threshold, IReadOnlyList<BreadthPoint> Points);

public sealed record BreadthPoint(string Actor, double People, bool Found);

/// <summary>
/// Evidence of the actor as it grew, against the threshold of <c>mathematics</c>: alarm at or above it.
/// </summary>
public sealed record SuspicionStory(double Threshold, IReadOnlyList<SuspicionPoint> Points);

public sealed record SuspicionPoint(EventTime Time, double Evidence);
