using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Scenarios;

/// <summary>How hard a crime is to see.</summary>
public enum Weight
{
    Mild,
    Usual,
    Severe,
}

/// <summary>In which order a thief goes through the ids.</summary>
public enum WalkOrder
{
    Shuffled,
    Ascending,
    Sampled,
}

/// <summary>What a thief of <c>forged-passes</c> who knows our code does to look like people.</summary>
[Flags]
public enum Disguise
{
    None = 0,

    /// <summary>Sends the agents of everybody's devices instead of one.</summary>
    Agents = 1,

    /// <summary>Opens ordinary pages before the personal one.</summary>
    Pages = 2,

    /// <summary>Logs in with an account of his own from the same address before each pass.</summary>
    LogIns = 4,

    /// <summary>Works behind the addresses of carriers, each of them shared by many phones.</summary>
    Shared = 8,

    /// <summary>Has a list of the accounts that exist, and tries no other.</summary>
    Listed = 16,
}

/// <summary>What to simulate. Everything follows from these and from nothing else.</summary>
public sealed record ScenarioOptions
{
    public required string Scenario { get; init; }
    public ulong Seed { get; init; } = 1;

    [Range(1000, 200_000_000)]
    public long Accounts { get; init; } = 20_000;

    [Range(1, 1000)]
    public int Days { get; init; } = 10;

    /// <summary>Lines of the gateway a day, about; 0: as many as fit the accounts.</summary>
    [Range(0, 2_000_000_000)]
    public long LinesPerDay { get; init; }

    /// <summary>Writers of the gateway's log.</summary>
    [Range(1, 99)]
    public int Nodes { get; init; } = 2;

    /// <summary>A log of the gateway is closed when it has grown to so many kilobytes; 0: at midnight only.</summary>
    [Range(0, 100_000_000)]
    public int RotateKilobytes { get; init; }

    /// <summary>Decoy accounts; −1: one in 200.</summary>
    [Range(-1, 100_000_000)]
    public long Canaries { get; init; } = -1;

    public DateOnly Start { get; init; } = new(2025, 4, 11);
    public Weight Weight { get; init; } = Weight.Usual;
    public WalkOrder Order { get; init; }

    /// <summary>Days that a theft lasts; 0: the rest of the logs after its first test.</summary>
    [Range(0, 1000)]
    public int CrimeDays { get; init; }

    /// <summary>
    /// Requests a day and actor of the crime, in per cent of the scenario's own; the dial of the detection frontier.
    /// </summary>
    [Range(1, 10_000)]
    public int Rate { get; init; } = 100;

    /// <summary>Addresses that the thief of <c>forged-passes</c> has; 0: the documented number, scaled.</summary>
    [Range(0, 100_000)]
    public int Addresses { get; init; }

    public Disguise Disguise { get; init; }

    /// <summary>Without an issuer's log a forged pass is evidence, not a fact.</summary>
    public bool WithIssuer { get; init; } = true;

    /// <summary>Of ten thousand of its records the issuer's log loses so many, here and there.</summary>
    [Range(0, 5000)]
    public int IssuerLoss { get; init; }

    /// <summary>A node of the gateway keeps no log for six hours of the seventh day (or the last of fewer).</summary>
    public bool NodeDies { get; init; } = true;

    internal long CanaryCount => Canaries < 0 ? Math.Max(10, Accounts / 200) : Canaries;

    internal long GatewayLinesPerDay => LinesPerDay > 0 ? LinesPerDay : Accounts * 3 / 4;

    /// <summary>What is wrong with the options, a sentence each; empty when they can be run.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        var faults = results.Select(result => result.ErrorMessage!).ToList();
        if (ScenarioCatalog.Find(Scenario) is not { } known)
            faults.Add(
                $"There is no scenario '{Scenario}': it is one of {ScenarioCatalog.Names}.");
        else if (known.IsCrime && Days < 3)
            faults.Add("A crime needs logs of at least 3 days: one before it, to know what is ordinary.");
        if (faults.Count > 0)
            return faults;
        if (CrimeDays >= Days)
            faults.Add(
                $"The crime cannot last {CrimeDays} days in logs of {Days} days: it begins on the second day.");
        var holes = Worlds.IdSpace.HolesOf(Accounts);
        if (CanaryCount > holes)
            faults.Add(
                $"{CanaryCount} decoys do not fit: among the ids of {Accounts} accounts there are {holes} holes.");
        if (Start.DayNumber + Days > new DateOnly(2100, 1, 1).DayNumber || Start < new DateOnly(2000, 1, 1))
            faults.Add("The logs must lie between 2000 and 2100.");
        if (IssuerLoss > 0 && !WithIssuer)
            faults.Add("There is no issuer's log that could lose records.");
        if (Addresses > Accounts)
            faults.Add($"A thief with {Addresses} addresses needs more than {Accounts} accounts.");
        return faults;
    }
}
