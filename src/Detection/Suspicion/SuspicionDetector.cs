using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Evidence accumulates per actor from the traits of its observations until it is beyond doubt (CUSUM, Page 1954; bound
/// of Wald). In a scan of the past the rates are learned twice: the second time without what the first time found.
/// </summary>
internal sealed class SuspicionDetector(DetectionContext context, SuspicionOptions options) : Detector
{
    // Odd still, but no evidence.
    private const double OfRepeat = 1e-9;

    private readonly List<Observation> _observations = [];
    private readonly AgentFamily _families = new(context.Catalog.Symbols);
    private readonly StaffHabits _habits = new(options.StaffWarmUp);
    private readonly PairSet _persons = new();
    private readonly PairSet _accountHabits = new();
    private readonly IReadOnlyList<SuspicionTrait> _traits =
        [.. SuspicionTrait.All.Where(trait => trait.CanShow(context))];

    public override string Name => "suspicion";

    /// <summary>Sessions that nobody issued are a finding of their own: a fact needs no weighing.</summary>
    public bool IgnoresUnissued { get; set; }

    /// <summary>Observations that were not looked at because there were too many.</summary>
    public long PassedOver { get; private set; }

    /// <summary>
    /// Credentials and principals that the findings point to, so that other detectors do not say it again.
    /// </summary>
    public HashSet<Actor> Found { get; } = [];

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked)
                continue;
            var shows = batch.Kind[row] == RecordKind.Access && batch.Operation[row] > 0;
            if (!batch.Principal[row].IsNone)
            {
                if (shows)
                    SeeStaff(batch, row);
                continue;
            }
            if ((batch.Traits[row] & Trait.SessionStart) != 0)
                Add(batch, row, Unit.Session, _families.Of(batch.Agent[row]));
            if (shows && batch.Credential[row] != 0 && !batch.Account[row].IsNone && !batch.Subject[row].IsNone
                && batch.Outcome[row] is Outcome.Disclosed or Outcome.Absent
                && _persons.Add(batch.Credential[row], (ulong)batch.Subject[row].Value))
                Add(batch, row, Unit.Person, 0);
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        MarkOffHours();
        Found.Clear();
        var findings = new List<Finding>();
        foreach (var unit in Enum.GetValues<Unit>())
        {
            var members = Enumerable.Range(0, _observations.Count)
                .Where(i => _observations[i].Unit == unit && !IsExplained(_observations[i]))
                .ToList();
            if (members.Count > 0)
                findings.AddRange(Judge(unit, members));
        }
        return findings.OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    /// <summary>What another finding says already is no evidence for a further one.</summary>
    private bool IsExplained(in Observation observation) =>
        (IgnoresUnissued && (observation.Traits & Trait.Unissued) != 0)
        || (observation.Credential != 0 && Found.Contains(new Actor(ActorKind.Credential, observation.Credential)));

    private IEnumerable<Finding> Judge(Unit unit, List<int> members)
    {
        var rates = Learn(members, []);
        var weights = Weights(rates, members);
        var first = Chosen(unit, members, weights, rates);
        if (first.Count == 0)
            yield break;
        rates = Learn(members, [.. first.SelectMany(covered => covered.Observations)]);
        weights = Weights(rates, members);
        var cover = Chosen(unit, members, weights, rates);
        if (cover.Count == 0)
            yield break;
        var report = new SuspicionReport(context, options, _traits, rates, _observations, weights);
        // Sessions of one theft are one finding; employees and single sessions answer for themselves.
        var groups = unit == Unit.Session ? [cover] : cover.GroupBy(WhoAnswers)
            .Select(g => g.ToList()).ToList<IReadOnlyList<Covered>>();
        foreach (var group in groups)
        {
            foreach (var covered in group.SelectMany(c => c.Observations))
                Found.Add(new Actor(
                    unit == Unit.StaffPerson ? ActorKind.Principal : ActorKind.Credential,
                    Actor.ValueOf(_observations[covered], unit == Unit.StaffPerson
                        ? ActorKind.Principal : ActorKind.Credential)));
            yield return report.Of(Name, unit, members, group);
        }
    }

    private List<Covered> Chosen(Unit unit, List<int> members, double[] weights, TraitRates rates)
    {
        var cover = Cover.Of(_observations, members, weights, options.Threshold, rates).ToList();
        if (unit != Unit.StaffPerson)
            return cover;
        var covered = cover.SelectMany(c => c.Observations).ToHashSet();
        cover.AddRange(Excursions.Of(
            _observations, members.Where(i => !covered.Contains(i)), weights, options.Threshold));
        return cover;
    }

    private (ActorKind, ulong) WhoAnswers(Covered covered)
    {
        var sample = _observations[covered.Observations[0]];
        return sample.Unit == Unit.StaffPerson
            ? (ActorKind.Principal, Actor.ValueOf(sample, ActorKind.Principal))
            : (ActorKind.Account, Actor.ValueOf(sample, ActorKind.Account));
    }

    private TraitRates Learn(List<int> members, HashSet<int> without)
    {
        var rates = new TraitRates(_traits);
        var wanted = new HashSet<int>(members);
        rates.Learn(_observations, i => !wanted.Contains(i) || without.Contains(i));
        return rates;
    }

    private double[] Weights(TraitRates rates, List<int> members)
    {
        var weights = new double[_observations.Count];
        foreach (var i in members)
        {
            var weight = rates.Weigh(_observations[i]);
            weights[i] = _observations[i].IsRepeat ? Math.Min(weight, OfRepeat) : weight;
        }
        return weights;
    }

    private void SeeStaff(AccessBatch batch, int row)
    {
        batch.Traits[row] |= _habits.Look(batch, row);
        var day = (ulong)batch.Time[row].DayNumber;
        if (batch.Outcome[row] == Outcome.Disclosed && !batch.Subject[row].IsNone
            && _persons.Add((ulong)batch.Principal[row].Index << 24 | day, (ulong)batch.Subject[row].Value))
            Add(batch, row, Unit.StaffPerson, batch.Operation[row]);
    }

    private void Add(AccessBatch batch, int row, Unit unit, short context)
    {
        if (_observations.Count == options.MostObservations)
        {
            PassedOver++;
            return;
        }
        _observations.Add(new Observation
        {
            Time = batch.Time[row],
            File = batch.File[row],
            Offset = batch.Offset[row],
            Unit = unit,
            Context = context,
            Traits = batch.Traits[row],
            Client = batch.Client[row],
            Network = batch.Network[row],
            Agent = batch.Agent[row],
            Key = batch.Key[row],
            Principal = batch.Principal[row],
            Credential = batch.Credential[row],
            Account = batch.Account[row],
            IsRepeat = unit == Unit.Session && !batch.Account[row].IsNone && !_accountHabits.Add(
                (ulong)batch.Account[row].Value, (ulong)batch.Traits[row] << 16 | (ushort)context),
        });
    }

    /// <summary>
    /// An hour of the day in which everybody else in the role hardly reads: the principal's own reads do not make it
    /// ordinary.
    /// </summary>
    private void MarkOffHours()
    {
        var reads = new Dictionary<(short Role, ulong Principal), long[]>();
        var roles = new Dictionary<short, long[]>();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < _observations.Count; i++)
            {
                var observation = _observations[i];
                if (observation.Unit != Unit.StaffPerson)
                    continue;
                var hour = TimeZoneInfo.ConvertTime(observation.Time.ToUtc(), context.Zone).Hour;
                var own = Hours(reads, (observation.Context, (ulong)observation.Principal.Index));
                var role = Hours(roles, observation.Context);
                if (pass == 0)
                {
                    own[hour]++;
                    own[24]++;
                    role[hour]++;
                    role[24]++;
                }
                else if (role[24] - own[24] is var others && others >= 1000
                    && role[hour] - own[hour] < options.OffHoursShare * others)
                {
                    observation.Traits |= Trait.OffHours;
                    _observations[i] = observation;
                }
            }
        }
    }

    // The last place counts the whole day.
    private static long[] Hours<TKey>(Dictionary<TKey, long[]> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var hours))
            table.Add(key, hours = new long[25]);
        return hours;
    }
}
