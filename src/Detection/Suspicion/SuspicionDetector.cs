using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Evidence accumulates per actor from the traits of its observations until it is beyond doubt (CUSUM, Page 1954; bound
/// of Wald). In a scan of the past the rates are learned twice: the second time without what the first time found.
/// </summary>
internal sealed class SuspicionDetector(
    DetectionContext context, AddressSystems systems, SuspicionOptions options) : Detector
{
    private readonly ObservationLog _log = new(context);
    private readonly AgentFamily _families = new(context.Catalog.Symbols);
    private readonly StaffHabits _habits = new(options.StaffWarmUp, options.SettlingReads);
    private readonly HashSet<int> _told = [];
    private PairSet _persons = new();
    private PairSet _accountHabits = new();
    private PairSet _readings = new();
    private EventTime _began = EventTime.Latest;
    private readonly IReadOnlyList<SuspicionTrait> _traits =
        [.. SuspicionTrait.All.Where(trait => trait.CanShow(context))];

    public override string Name => "suspicion";

    /// <summary>Sessions that nobody issued are a finding of their own: a fact needs no weighing.</summary>
    public bool IgnoresUnissued { get; set; }

    /// <summary>
    /// Stretches in which the issuer's log is silent: that a session has a record or none says nothing.
    /// </summary>
    public Func<IReadOnlyList<(EventTime From, EventTime To)>> IssuerSilences { get; init; } = () => [];

    private readonly MemoryLimit _limit = new(
        "observations", "of them, the oldest, have no weight as evidence any more", options.MostObservations);

    internal override IEnumerable<MemoryLimit> Limits => [_limit];

    /// <summary>
    /// Credentials and principals that the findings point to, so that other detectors do not say it again.
    /// </summary>
    public HashSet<Actor> Found { get; } = [];

    /// <summary>Stretches in which a trait jumped for everybody and was not weighed.</summary>
    public IReadOnlyList<Suspension> Suspended { get; private set; } = [];

    public override void Observe(AccessBatch batch)
    {
        _log.Settle();
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked)
                continue;
            if (_log.Count >= _limit.Most)
                Forget();
            var shows = batch.Kind[row] == RecordKind.Access && batch.Operation[row] > 0;
            if (!batch.Principal[row].IsNone)
            {
                if (shows)
                    SeeStaff(batch, row);
                continue;
            }
            if ((batch.Traits[row] & Trait.SessionStart) != 0)
                Add(batch, row, Unit.Session, _families.Of(batch.Agent[row]));
            if (shows && !context.HasIssuer)
                SeeReading(batch, row);
            if (shows && batch.Credential[row] != 0 && !batch.Account[row].IsNone && !batch.Subject[row].IsNone
                && batch.Outcome[row] is Outcome.Disclosed or Outcome.Absent
                && _persons.Add(batch.Credential[row], (ulong)batch.Subject[row].Value))
                Add(batch, row, Unit.Person, 0);
        }
    }

    internal override int StateVersion => 3;

    internal override void Excuse(ulong credential) => _log.Excuse(credential);

    public override void Save(BinaryWriter state)
    {
        state.WriteTime(_began);
        _families.Save(state);
        _habits.Save(state);
        foreach (var pairs in (PairSet[])[_persons, _accountHabits, _readings])
            pairs.Save(state);
        _log.Save(state);
    }

    public override void Restore(BinaryReader state)
    {
        _began = state.ReadTime();
        _families.Restore(state);
        _habits.Restore(state, context.SavedSymbols);
        foreach (var pairs in (PairSet[])[_persons, _accountHabits, _readings])
            pairs.Restore(state);
        _log.Restore(state);
    }

    public override IEnumerable<Finding> Conclude()
    {
        _log.Unmark();
        OffHours.Mark(_log.All, context.Zone, options.OffHoursShare);
        foreach (var trait in (Trait[])[Trait.NewNetwork, Trait.NewAgent])
            Moves.Silence(_log.All, trait);
        foreach (var (from, to) in IssuerSilences())
            _log.Suspend(Unit.Session, Trait.Unissued, from, to);
        Suspended = [.. Jumps.Silence(_log.All, _traits)];
        Found.Clear();
        _told.Clear();
        var findings = new List<Finding>();
        var room = new double[_log.Count];
        foreach (var theft in Enum.GetValues<Theft>())
            findings.AddRange(Judge(WeighingOf(theft, room)));
        // Two traits that tell of the same silence, one sentence.
        findings.AddRange(Suspended.DistinctBy(jump => (jump.From, jump.To))
            .Select(suspension => SuspicionReport.Of(Name, suspension)));
        return findings.OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    /// <summary>Of every kind of theft, the most that any actor's evidence came to, found or not.</summary>
    public IReadOnlyList<(string Theft, double Evidence)> Largest()
    {
        var largest = new List<(string, double)>();
        var room = new double[_log.Count];
        foreach (var theft in Enum.GetValues<Theft>())
            largest.Add((theft.ToString(), WeighingOf(theft, room).Largest()));
        return largest;
    }

    private List<int> MembersOf(Theft theft)
    {
        var (members, unit, count) = (new List<int>(), theft.Unit(), 0);
        for (var i = 0; i < _log.Count; i++)
            count += _log.All.KindOf(i).Unit == unit ? 1 : 0;
        members.EnsureCapacity(count);
        for (var i = 0; i < _log.Count; i++)
            if (_log.All.KindOf(i).Unit == unit && !IsExplained(i))
                members.Add(i);
        return members;
    }

    /// <summary>What another finding says already is no evidence for a further one.</summary>
    private bool IsExplained(int i)
    {
        var credential = _log.All.CredentialOf(i);
        return _told.Contains(i)
            || (IgnoresUnissued && (_log.All.KindOf(i).Traits & Trait.Unissued) != 0)
            || (credential != 0 && Found.Contains(new Actor(ActorKind.Credential, credential)));
    }

    private Weighing WeighingOf(Theft theft, double[] room) => new(
        _log.All, options, theft, [.. _traits.Where(trait => trait.Theft == theft)], MembersOf(theft), room);

    private IEnumerable<Finding> Judge(Weighing look)
    {
        look.Choose([]);
        if (look.Chosen.Count > 0)
            look.Choose([.. look.Chosen.SelectMany(covered => covered.Observations)]);
        if (look.Chosen.Count == 0)
            yield break;
        var report = new SuspicionReport(context, options, look.Traits, look.Rates, _log, look.Weights);
        // Sessions of one theft are one finding; employees and single sessions answer for themselves.
        var groups = look.Theft is Theft.Pass or Theft.NoLogin
            ? [look.Chosen]
            : look.Chosen.GroupBy(WhoAnswers).Select(g => g.ToList()).ToList<IReadOnlyList<Covered>>();
        foreach (var group in groups)
        {
            var kind = look.Theft.Unit() == Unit.StaffPerson ? ActorKind.Principal : ActorKind.Credential;
            foreach (var covered in group.SelectMany(c => c.Observations))
            {
                _told.Add(covered);
                Found.Add(new Actor(kind, Actor.ValueOf(_log.All[covered], kind)));
            }
            yield return report.Of(Name, look.Theft, look.Members, group);
        }
    }

    private (ActorKind, ulong) WhoAnswers(Covered covered)
    {
        var sample = _log.All[covered.Observations[0]];
        return sample.Unit == Unit.StaffPerson
            ? (ActorKind.Principal, Actor.ValueOf(sample, ActorKind.Principal))
            : (ActorKind.Account, Actor.ValueOf(sample, ActorKind.Account));
    }

    /// <summary>
    /// A session's first page of personal data. How many log-ins are older than the logs is a matter of software and of
    /// how many weeks the logs reach back: rates are learned for both together.
    /// </summary>
    private void SeeReading(AccessBatch batch, int row)
    {
        if (batch.Credential[row] == 0 || batch.Outcome[row] is not (Outcome.Disclosed or Outcome.Absent)
            || !_readings.Add(batch.Credential[row], 0))
            return;
        if (batch.Time[row] < _began)
            _began = batch.Time[row];
        var weeks = Math.Min(Observation.Weeks - 1, (batch.Time[row] - _began) / (7 * EventTime.Day));
        Add(batch, row, Unit.FirstReading, (short)(_families.Of(batch.Agent[row]) * Observation.Weeks + weeks),
            without: batch.Account[row] == batch.Subject[row] ? Trait.None : Trait.Absent);
    }

    private void SeeStaff(AccessBatch batch, int row)
    {
        batch.Traits[row] |= _habits.Look(batch, row, _families.Of(batch.Agent[row]));
        var day = Mixing.Mix(context.SymbolKeys.Of(batch.Principal[row]) + (ulong)batch.Time[row].DayNumber);
        if (batch.Outcome[row] == Outcome.Disclosed && !batch.Subject[row].IsNone
            && _persons.Add(day, (ulong)batch.Subject[row].Value))
            Add(batch, row, Unit.StaffPerson, batch.Operation[row]);
    }

    private void Add(AccessBatch batch, int row, Unit unit, short context, Trait without = Trait.None)
    {
        var observation = new Observation
        {
            Time = batch.Time[row],
            File = batch.File[row],
            Offset = batch.Offset[row],
            Unit = unit,
            Context = context,
            Traits = batch.Traits[row] & ~without,
            Silent = _log.SilentOf(batch.Operation[row]),
            Client = batch.Client[row],
            Network = batch.Network[row],
            System = systems.Of(batch.Client[row]),
            Agent = batch.Agent[row],
            Key = batch.Key[row],
            Principal = batch.Principal[row],
            Credential = batch.Credential[row],
            Account = batch.Account[row],
        };
        observation.IsRepeat = IsHabit(observation);
        _log.Add(observation);
    }

    /// <summary>
    /// The oldest eighth goes, odd or not: to keep what is odd alone would make a thief of everybody whose honest
    /// sessions are forgotten. Habits are those of the accounts that are left.
    /// </summary>
    private void Forget()
    {
        var oldest = (_log.Count + 7) / 8;
        _log.Forget(oldest);
        _limit.Forget(oldest);
        (_persons, _accountHabits, _readings) = (new PairSet(), new PairSet(), new PairSet());
        foreach (var observation in _log.All)
        {
            IsHabit(observation);
            if (observation.Unit == Unit.FirstReading)
                _readings.Add(observation.Credential, 0);
        }
    }

    /// <summary>The account was odd in that way before; it is known from now on.</summary>
    private bool IsHabit(in Observation observation) =>
        observation.Unit is Unit.Session or Unit.FirstReading && !observation.Account.IsNone && !_accountHabits.Add(
            (ulong)observation.Account.Value,
            (ulong)observation.Unit << 60 | (ulong)observation.Traits << 16 | (ushort)observation.Context);
}
