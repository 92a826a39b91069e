using WhoSaw.Detection.Absence;
using WhoSaw.Detection.Answers;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Dormancy;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Guessing;
using WhoSaw.Detection.Issuance;
using WhoSaw.Detection.Keys;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Outflow;
using WhoSaw.Detection.Shifts;
using WhoSaw.Detection.Spill;
using WhoSaw.Detection.Staff;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Walks;

namespace WhoSaw.Detection;

/// <summary>The options of all detectors, with defaults that raise nothing on quiet days.</summary>
public sealed record DetectionOptions
{
    /// <summary>Work that was announced: its volume is told as a note.</summary>
    public IReadOnlyList<Announcement> Announcements { get; init; } = [];

    /// <summary>Names of the detectors that look; null: all. What another one would say first is then said.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    public MemoryOptions Memory { get; init; } = new();
    public UnissuedCredentialOptions UnissuedCredential { get; init; } = new();
    public MisusedCredentialOptions MisusedCredential { get; init; } = new();
    public SuspicionOptions Suspicion { get; init; } = new();
    public GuessedPasswordsOptions GuessedPasswords { get; init; } = new();
    public FullerAnswersOptions FullerAnswers { get; init; } = new();
    public BreadthOptions Breadth { get; init; } = new();
    public SurplusOptions Surplus { get; init; } = new();
    public AbsentAccountsOptions AbsentAccounts { get; init; } = new();
    public DormantAccountsOptions DormantAccounts { get; init; } = new();
    public WalkOptions Walk { get; init; } = new();
    public ShiftOptions Shift { get; init; } = new();
    public KeyCustodyOptions KeyCustody { get; init; } = new();
    public OutflowOptions Outflow { get; init; } = new();
    public SpillOptions Spill { get; init; } = new();
}
