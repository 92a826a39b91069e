using NodaTime;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Clocks;

/// <summary>
/// The period of a duty that counts now. A refutation ends one, and what becomes known after it begins another: what
/// was told before answers only for what was known before.
/// </summary>
/// <param name="Begin">The event from which the law counts; null while there is none.</param>
/// <param name="End">What ended it; null while it runs.</param>
/// <param name="After">The refutation after which it runs; null for the first period.</param>
internal readonly record struct DutyPeriod(CaseEvent? Begin, CaseEvent? End, CaseEvent? After)
{
    /// <param name="isMet">Whether a notice answered it after the second of these and no later than the first.</param>
    public static DutyPeriod Of(Duty duty, DutyVersion version, Case incident, Func<CaseEvent, CaseEvent?, bool> isMet)
    {
        CaseEvent? after = null;
        while (true)
        {
            var begin = First(incident, version.Starts, after);
            if (First(incident, version.EndsOn, begin ?? after) is not { } end)
                return new DutyPeriod(begin, null, after);
            // What was due before it was refuted was due.
            if (begin is not null && LimitOf(duty, version, begin) < LegalTime.InstantOf(end.At) && !isMet(end, after))
                return new DutyPeriod(begin, null, after);
            if (First(incident, [.. version.Starts, .. version.CautiousFrom], end) is null)
                return new DutyPeriod(begin, end, after);
            after = end;
        }
    }

    /// <summary>Whether an event happened in this period and not before the refutation.</summary>
    public bool Has(CaseEvent happened) => IsLater(happened, After);

    private static CaseEvent? First(Case incident, IReadOnlyList<CaseEventKind> kinds, CaseEvent? after) =>
        incident.All(kinds).FirstOrDefault(each => IsLater(each, after));

    private static bool IsLater(CaseEvent each, CaseEvent? than) =>
        than is null || each.At > than.At || (each.At == than.At && each.Number > than.Number);

    private static Instant LimitOf(Duty duty, DutyVersion version, CaseEvent begin) =>
        version.Deadline.Kind == DeadlineKind.AtOnce
            ? Instant.MaxValue
            : (version.Deadline.Latest(begin.Instant(), duty.Zone, duty.Holidays)
                ?? version.Deadline.From(begin.Instant(), duty.Zone, duty.Holidays)).At;
}
