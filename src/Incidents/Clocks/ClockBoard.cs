using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Records;

namespace WhoSaw.Incidents.Clocks;

/// <summary>All duties of a case at a moment. Computed from its events and the laws, and from nothing else.</summary>
public static class ClockBoard
{
    private static readonly string[] FromScope = ["categories", "when", "number"];

    /// <summary>
    /// Every duty of the law of the day, the most urgent first; a duty that was not in force then is left out.
    /// </summary>
    /// <param name="now">The moment at which it is looked at.</param>
    public static IReadOnlyList<Clock> Of(Case incident, LawBook laws, EventTime now)
    {
        var circumstances = Circumstances.Of(incident);
        var instant = LegalTime.InstantOf(now);
        return [.. laws.Duties.SelectMany(duty => ClocksOf(duty, laws, circumstances, instant))
            .OrderBy(clock => Rank(clock.State)).ThenBy(clock => clock.Order)
            .ThenBy(clock => clock.Duty.Id, StringComparer.Ordinal).ThenBy(clock => clock.Of?.Number ?? 0)];
    }

    private static IEnumerable<Clock> ClocksOf(Duty duty, LawBook laws, Circumstances of, Instant now)
    {
        var day = now.InZone(duty.Zone).Date;
        if (duty.On(day) is { Each.Count: > 0 } or null && duty.Versions.Any(version => version.Each.Count > 0))
            return SupplementsOf(duty, of, now);
        if (duty.On(day) is { Deadline.Kind: DeadlineKind.KeepDays } kept && Posting.Of(of.Case) is { Count: > 0 } all)
            return all.Select((posting, i) => PostingOf(duty, kept, of, now, posting, isLast: i == all.Count - 1));
        var versions = duty.Versions.Where(version => version.InForce is not null);
        // The law of the day on which the clock began, not of the day on which somebody looks at it.
        foreach (var version in versions)
        {
            var (law, sign) = (StartOf(duty, version, of.Case), SignOf(duty, version, of.Case));
            if ((law ?? sign) is { } start && duty.On(LegalTime.InstantOf(start.At).InZone(duty.Zone).Date) == version)
                return [Build(duty, version, laws, of, now, law, sign, null)];
        }
        var began = of.Case.Standing.Min(each => each.At);
        return (duty.On(LegalTime.InstantOf(began).InZone(duty.Zone).Date) ?? duty.On(day)) is { } current
            && StartOf(duty, current, of.Case) is null && SignOf(duty, current, of.Case) is null
            ? [Build(duty, current, laws, of, now, null, null, null)]
            : [];
    }

    /// <summary>One that came down too early is made good by a later one, which has its own thirty days.</summary>
    private static Clock PostingOf(
        Duty duty, DutyVersion version, Circumstances of, Instant now, Posting posting, bool isLast)
    {
        var clock = Build(duty, version, null, of, now, posting.Up, posting.Up, null);
        return clock with
        {
            State = clock.State == ClockState.Overdue && !isLast ? ClockState.Ended : clock.State,
            UnseenDays = isLast ? [.. posting.UnseenDays(of.Case, duty.Zone, now.InZone(duty.Zone).Date)] : [],
        };
    }

    /// <summary>A clock for each fact that became known after the first notice.</summary>
    private static IEnumerable<Clock> SupplementsOf(Duty duty, Circumstances of, Instant now)
    {
        foreach (var each in of.Case.Standing)
        {
            var version = duty.On(LegalTime.InstantOf(each.At).InZone(duty.Zone).Date);
            if (version is null || !version.Each.Contains(each.Kind))
                continue;
            var first = of.Case.All(CaseEventKind.NoticeSent)
                .FirstOrDefault(sent => version.AfterNotice is null || sent.Duties.Contains(version.AfterNotice));
            if (first is not null && each.At > first.At)
                yield return Build(duty, version, null, of, now, each, each, each);
        }
    }

    private static CaseEvent? StartOf(Duty duty, DutyVersion version, Case incident) =>
        version.StartsWithNotice is { } other
            ? incident.All(CaseEventKind.NoticeSent).FirstOrDefault(sent => sent.Duties.Contains(other))
            : version.Starts.Contains(CaseEventKind.DeterminationMade)
                ? null
                : PeriodOf(duty, version, incident).Begin;

    private static CaseEvent? SignOf(Duty duty, DutyVersion version, Case incident) => version.CautiousFrom.Count == 0
        ? StartOf(duty, version, incident)
        : incident.Earliest(version.CautiousFrom.Concat(version.Starts));

    private static DutyPeriod PeriodOf(Duty duty, DutyVersion version, Case incident) =>
        DutyPeriod.Of(duty, version, incident, (by, after) =>
            SentFor(duty, version, incident, null, new DutyPeriod(null, null, after)) is { } sent && sent.At <= by.At);

    private static Clock Build(
        Duty duty, DutyVersion version, LawBook? laws, Circumstances of, Instant now, CaseEvent? law, CaseEvent? sign,
        CaseEvent? supplement)
    {
        if (version.Starts.Contains(CaseEventKind.DeterminationMade))
            law = sign = of.Case.All(CaseEventKind.DeterminationMade)
                .FirstOrDefault(made => made.Duties.Contains(duty.Id));
        var period = supplement is null ? PeriodOf(duty, version, of.Case) : default;
        var clock = new Clock
        {
            Duty = duty,
            Rule = version,
            Of = supplement,
            Applies = version.Applies.Evaluate(of),
            State = ClockState.NotStarted,
            Now = now,
            Met = SentFor(duty, version, of.Case, supplement, period),
            MissingContents = of.Scope is null ? [.. version.Contents.Intersect(FromScope)] : [],
        };
        try
        {
            clock = clock with
            {
                ByLaw = Read(duty, version, law),
                ByFirstSign = Read(duty, version, sign),
            };
        }
        catch (HolidaysUnknownException unknown)
        {
            clock = clock with { Fault = unknown.Message };
        }
        clock = clock with { EndedBy = EndOf(clock, laws, of.Case, period) };
        return clock with { State = StateOf(clock) };
    }

    private static ClockReading? Read(Duty duty, DutyVersion version, CaseEvent? start)
    {
        if (start is null)
            return null;
        var instant = LegalTime.InstantOf(start.At);
        return new ClockReading(start, version.Deadline.From(instant, duty.Zone, duty.Holidays),
            version.Deadline.Latest(instant, duty.Zone, duty.Holidays));
    }

    private static CaseEvent? SentFor(
        Duty duty, DutyVersion version, Case incident, CaseEvent? supplement, DutyPeriod period) =>
        version.MetBy.Count > 0
            ? incident.All(version.MetBy).FirstOrDefault(period.Has)
            : incident.All(CaseEventKind.NoticeSent).FirstOrDefault(sent => sent.Duties.Contains(duty.Id)
                && (supplement is null || sent.At >= supplement.At) && period.Has(sent));

    private static CaseEvent? EndOf(Clock clock, LawBook? laws, Case incident, DutyPeriod period)
    {
        if (clock.Rule.Deadline.Kind == DeadlineKind.KeepDays)
            return incident.All(CaseEventKind.Unposted)
                .FirstOrDefault(down => clock.ByLaw is { } reading && down.At >= reading.Start.At);
        if (incident.All(CaseEventKind.DutyExempted)
            .LastOrDefault(each => each.Duties.Contains(clock.Duty.Id)) is { } by)
            return by;
        if (clock.Met is not null)
            return null;
        if (period.End is { } end)
            return end;
        // What was confirmed before this began was told, or was due, without those whom it concerns.
        return clock.Rule.ReplacedBy is { } other && clock.ByLaw is { } own
            && laws?.Find(other)?.Versions.LastOrDefault(version => version.InForce is not null) is { } replacing
            && incident.All(replacing.Starts).FirstOrDefault(each => each.At >= own.Start.At) is { } begun
            && begun.Instant() <= own.Limit
            ? begun
            : null;
    }

    private static ClockState StateOf(Clock clock)
    {
        if (clock.EndedBy?.Kind == CaseEventKind.DutyExempted)
            return ClockState.Exempted;
        if (clock.Applies.Truth == Truth.No)
            return ClockState.NotApplying;
        if (clock.Rule.Deadline.Kind == DeadlineKind.KeepDays)
            return KeptState(clock);
        if (clock.EndedBy is not null)
            return ClockState.Ended;
        if (clock.Met is { } met)
            return clock.ByLaw is { } due && clock.Rule.Deadline.Kind != DeadlineKind.AtOnce
                && LegalTime.InstantOf(met.At) > due.Limit ? ClockState.MetLate : ClockState.Met;
        if (clock.ByLaw is { } law)
            return clock.Rule.Deadline.Kind != DeadlineKind.AtOnce && clock.Now > law.Limit
                ? ClockState.Overdue : ClockState.Running;
        return clock.ByFirstSign is not null ? ClockState.Planned : ClockState.NotStarted;
    }

    /// <summary>A posting: up until then, and what came down earlier is a fault that time does not heal.</summary>
    private static ClockState KeptState(Clock clock)
    {
        if (clock.ByLaw is not { } until)
            return ClockState.NotStarted;
        var down = clock.EndedBy is { } end ? LegalTime.InstantOf(end.At) : (Instant?)null;
        return down < until.Due.At ? ClockState.Overdue
            : down is not null || clock.Now >= until.Due.At ? ClockState.Met
            : ClockState.Running;
    }

    private static int Rank(ClockState state) => state switch
    {
        ClockState.Overdue => 0,
        ClockState.Running => 1,
        ClockState.Planned => 2,
        ClockState.NotStarted => 3,
        ClockState.MetLate => 4,
        ClockState.Met => 5,
        ClockState.Ended => 6,
        ClockState.Exempted => 7,
        _ => 8,
    };
}
