using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>A stretch in which a stream of access logs cannot show what happened.</summary>
/// <param name="To">Exclusive.</param>
/// <param name="ExpectedLines">How many lines the stream would have had, by its own habit; null when nobody
/// knows.</param>
public sealed record CoverageGap(
    string Source, string Stream, EventTime From, EventTime To, string Reason, double? ExpectedLines);
