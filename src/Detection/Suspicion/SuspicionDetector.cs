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
    private readonly StaffHabits _habits = new(options.StaffWarmUp, options.SettlingReads);
    private readonly HashSet<int> _told = [];
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

    /// <summary>Stretches in which a trait jumped for everybody and was not weighed.</summary>
    public IReadOnlyList<Suspension> Suspended { get; private set; } = [];

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
        OffHours.Mark(_observations, context.Zone, options.OffHoursShare);
        Suspended = [.. Jumps.Silence(_observations, _traits)];
        Found.Clear();
        _told.Clear();
        var findings = new List<Finding>();
        foreach (var theft in Enum.GetValues<Theft>())
        {
            var members = MembersOf(theft);
            if (members.Count > 0)
                findings.AddRange(Judge(theft, members));
        }
        findings.AddRange(Suspended.Select(suspension => SuspicionReport.Of(Name, suspension)));
        return findings.OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    /// <summary>Of every kind of theft, the most that any actor's evidence came to, found or not.</summary>
    public IReadOnlyList<(string Theft, double Evidence)> Largest()
    {
        var largest = new List<(string, double)>();
        foreach (var theft in Enum.GetValues<Theft>())
        {
            var members = MembersOf(theft);
            var weights = Weights(theft, Learn(theft, members, []), members);
            largest.Add((theft.ToString(), Excursions.Largest(_observations, members, weights, KindsOf(theft))));
        }
        return largest;
    }

    private List<int> MembersOf(Theft theft) => [.. Enumerable.Range(0, _observations.Count)
        .Where(i => _observations[i].Unit == theft.Unit() && !IsExplained(i))];

    /// <summary>What another finding says already is no evidence for a further one.</summary>
    private bool IsExplained(int i) => _told.Contains(i)
        || (IgnoresUnissued && (_observations[i].Traits & Trait.Unissued) != 0)
        || (_observations[i].Credential != 0
            && Found.Contains(new Actor(ActorKind.Credential, _observations[i].Credential)));

    private IEnumerable<Finding> Judge(Theft theft, List<int> members)
    {
        var rates = Learn(theft, members, []);
        var weights = Weights(theft, rates, members);
        var first = Chosen(theft, members, weights, rates);
        if (first.Count == 0)
            yield break;
        rates = Learn(theft, members, [.. first.SelectMany(covered => covered.Observations)]);
        weights = Weights(theft, rates, members);
        var cover = Chosen(theft, members, weights, rates);
        if (cover.Count == 0)
            yield break;
        var report = new SuspicionReport(context, options, TraitsOf(theft), rates, _observations, weights);
        // Sessions of one theft are one finding; employees and single sessions answer for themselves.
        var groups = theft == Theft.Pass ? [cover] : cover.GroupBy(WhoAnswers)
            .Select(g => g.ToList()).ToList<IReadOnlyList<Covered>>();
        foreach (var group in groups)
        {
            var kind = theft.Unit() == Unit.StaffPerson ? ActorKind.Principal : ActorKind.Credential;
            foreach (var covered in group.SelectMany(c => c.Observations))
            {
                _told.Add(covered);
                Found.Add(new Actor(kind, Actor.ValueOf(_observations[covered], kind)));
            }
            yield return report.Of(Name, theft, members, group);
        }
    }

    private List<Covered> Chosen(Theft theft, List<int> members, double[] weights, TraitRates rates) =>
        theft == Theft.Insider
            ? [.. Excursions.Of(_observations, members, weights, options.Threshold)]
            : [.. Cover.Of(_observations, members, weights, options.Threshold, rates)];

    private static ActorKind[] KindsOf(Theft theft) =>
        theft == Theft.Insider ? [ActorKind.Principal] : Enum.GetValues<ActorKind>();

    private (ActorKind, ulong) WhoAnswers(Covered covered)
    {
        var sample = _observations[covered.Observations[0]];
        return sample.Unit == Unit.StaffPerson
            ? (ActorKind.Principal, Actor.ValueOf(sample, ActorKind.Principal))
            : (ActorKind.Account, Actor.ValueOf(sample, ActorKind.Account));
    }

    private List<SuspicionTrait> TraitsOf(Theft theft) => [.. _traits.Where(trait => trait.Theft == theft)];

    private TraitRates Learn(Theft theft, List<int> members, HashSet<int> without)
    {
        var rates = new TraitRates(TraitsOf(theft));
        var isWanted = new bool[_observations.Count];
        foreach (var i in members)
            isWanted[i] = !without.Contains(i);
        rates.Learn(_observations, i => !isWanted[i]);
        return rates;
    }

    private double[] Weights(Theft theft, TraitRates rates, List<int> members)
    {
        var weights = new double[_observations.Count];
        foreach (var i in members)
        {
            var weight = rates.Weigh(_observations[i]);
            // An insider's days are mostly honest work, so an honest read says little for him.
            if (theft == Theft.Insider)
                weight = Math.Log(1 - options.InsiderShare + options.InsiderShare * Math.Exp(weight));
            weights[i] = _observations[i].IsRepeat && theft is Theft.Pass or Theft.Insider
                ? Math.Min(weight, OfRepeat)
                : weight;
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
            Silent = NamesTicket(batch.Operation[row]) ? Trait.None : Trait.NoTicket,
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

    private bool NamesTicket(short operation) => operation > 0 && context.Catalog.Operations[operation].NamesTicket;
}
