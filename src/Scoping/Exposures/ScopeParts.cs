using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>How many human beings. Null where the directory does not allow to say.</summary>
/// <param name="Known">Different people of the directory behind the exposed accounts.</param>
/// <param name="AtMost">Null where something matched that names nobody and bounds nobody.</param>
/// <param name="Members">Of these, who holds an account of their own; the others are in address books alone.</param>
/// <param name="AccountsNotListed">Exposed accounts of which the directory names nobody who was shown.</param>
public sealed record PeopleCount(
    long? Known, long AtLeast, long? AtMost, long? Members, long? NonMembers, long? AccountsNotListed);

public sealed record OperationCount(string Name, long Accounts, long Views, IReadOnlyList<string> Fields);

/// <param name="People">Null without a directory of people.</param>
public sealed record CategoryCount(string Name, long Accounts, long? People);

/// <param name="NewAccounts">Accounts whose data was seen on this day and never before it.</param>
public sealed record DayCount(DateOnly Day, long Accounts, long NewAccounts, long Views);

/// <summary>Tries that showed nothing, and how many accounts they asked for.</summary>
public sealed record TryCount(long Tries, long Accounts);

/// <summary>
/// The number of accounts as the decoys tell it; nulls when none were planted or no account is listed.
/// </summary>
/// <param name="Low">Clopper–Pearson, 95 %, rounded outwards; in accounts, as <paramref name="Estimate"/>.</param>
/// <param name="Agrees">Whether the listed accounts that the logs count as exposed lie in the interval.</param>
public sealed record CanaryEstimate(long Touched, long? Planted, long? Estimate, long? Low, long? High, bool? Agrees);

/// <param name="Gaps">Those that touch the time of the scope, a day added on both sides; all when the scope is
/// empty.</param>
/// <param name="GapsElsewhere">The other gaps of the ledger.</param>
/// <param name="Complete">True only for a ledger without any gap.</param>
public sealed record ScopeCoverage(bool Complete, IReadOnlyList<CoverageGap> Gaps, int GapsElsewhere);

/// <summary>What the gaps may hide. A null bound means: there is nothing to measure it by.</summary>
/// <param name="AccountsAtMost">Accounts that are not in the scope already.</param>
public sealed record CannotTell(double? ViewsExpected, long? ViewsAtMost, long? AccountsAtMost, string Why);

/// <summary>A finding's numbers without its exposures; see <see cref="ScopeEngine.Summarise"/>.</summary>
public sealed record ScopeSummary(
    long Accounts, long Views, EventTime? First, EventTime? Last, long CanariesTouched, IReadOnlyList<string> Fields);
