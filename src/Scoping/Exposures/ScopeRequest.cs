using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>What a scope is asked of.</summary>
public sealed record ScopeRequest
{
    /// <summary>A record is meant when one of them matches.</summary>
    public required IReadOnlyList<Predicate> Where { get; init; }

    /// <summary>All gaps of the streams of access sources in this ledger, wherever they lie.</summary>
    public IReadOnlyList<CoverageGap> Gaps { get; init; } = [];

    /// <summary>The steps by which <see cref="Where"/> was grown; none when it was not.</summary>
    public IReadOnlyList<GrowthStep> Growth { get; init; } = [];

    /// <summary>Where a day begins for <see cref="Scope.PerDay"/>: added to UTC; whole minutes.</summary>
    public TimeSpan DayOffset { get; init; }
}
