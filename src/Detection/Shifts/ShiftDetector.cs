using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Shifts;

/// <summary>
/// An operation shows the data of far more people than this hour of the week explains. Counted are different people
/// who do nothing else on the site around that hour, read by others or by sessions that never did anything else: who
/// is read by a thief is not there, whereas a sale, or an app that begins to open with the profile, moves people who
/// are. What employees and services read is not looked at here.
/// </summary>
internal sealed class ShiftDetector(DetectionContext context, TraitMarker sessions, ShiftOptions options) : Detector
{
    private readonly SortedDictionary<long, OpenHour> _open = [];
    private readonly SortedDictionary<short, HourlySeries> _series = [];
    private long _closed = long.MinValue;

    public override string Name => "shift";

    private sealed class OpenHour
    {
        public readonly Dictionary<short, List<(long Person, ulong Session)>> People = [];
        public readonly PairSet Seen = new();

        /// <summary>Accounts that did something that shows nobody's data.</summary>
        public readonly PairSet Active = new();

        /// <summary>Sessions that did; how often each, not every way of reading a log tells.</summary>
        public readonly PairSet Sessions = new();
        public int Others;
    }

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var kind = batch.Kind[row];
            if (kind is RecordKind.Issued or RecordKind.Revoked || !batch.Principal[row].IsNone)
                continue;
            var hour = batch.Time[row].MinuteNumber / 60;
            if (hour <= _closed)
                continue;
            if (!_open.TryGetValue(hour, out var open))
            {
                CloseBefore(hour - 1);
                _open.Add(hour, open = new OpenHour());
            }
            if (kind != RecordKind.Access)
            {
                if (kind != RecordKind.Activity
                    || (batch.Credential[row] != 0 && open.Sessions.Add(0, batch.Credential[row])))
                    open.Others++;
                if (!batch.Account[row].IsNone)
                    open.Active.Add(0, (ulong)batch.Account[row].Value);
            }
            else if (batch.Operation[row] > 0 && batch.Outcome[row] == Outcome.Disclosed
                && !batch.Subject[row].IsNone)
            {
                See(open, batch, row);
            }
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        // A theft that has a finding explains what its people do to the hours.
        if (Causes.Unissued || Causes.Found.Count > 0)
            yield break;
        foreach (var (operation, alarm) in Alarms())
            yield return Report(operation, alarm);
    }

    internal override IEnumerable<Evidence> EvidenceAbout(Causes causes)
    {
        if (!causes.Unissued && causes.Found.Count == 0)
            yield break;
        foreach (var alarm in Alarms().GroupBy(alarm => alarm.Operation))
            yield return alarm.MaxBy(a => a.Alarm.Counted).Alarm.Evidence(
                $"people an hour in {context.Catalog.Operations[alarm.Key].Name} who do nothing else");
    }

    internal override int StateVersion => 2;

    public override void Save(BinaryWriter state)
    {
        state.Write(_closed);
        state.Write(_series.Count);
        foreach (var (operation, series) in _series)
        {
            state.WriteOperation(context.Catalog, operation);
            series.Save(state);
        }
        state.Write(_open.Count);
        foreach (var (hour, open) in _open)
        {
            state.Write(hour);
            state.Write(open.Others);
            open.Seen.Save(state);
            open.Active.Save(state);
            open.Sessions.Save(state);
            state.Write(open.People.Count);
            foreach (var (operation, people) in open.People)
            {
                state.WriteOperation(context.Catalog, operation);
                state.Write(people.Count);
                foreach (var (person, session) in people)
                {
                    state.Write(person);
                    state.Write(session);
                }
            }
        }
    }

    public override void Restore(BinaryReader state)
    {
        _closed = state.ReadInt64();
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (operation, series) = (state.ReadOperation(context.Catalog), new HourlySeries());
            series.Restore(state);
            if (operation > 0)
                _series[operation] = series;
        }
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (hour, open) = (state.ReadInt64(), new OpenHour { Others = state.ReadInt32() });
            open.Seen.Restore(state);
            open.Active.Restore(state);
            open.Sessions.Restore(state);
            for (var operations = state.ReadInt32(); operations > 0; operations--)
            {
                var (operation, people) = (state.ReadOperation(context.Catalog), new List<(long, ulong)>());
                for (var more = state.ReadInt32(); more > 0; more--)
                    people.Add((state.ReadInt64(), state.ReadUInt64()));
                if (operation > 0)
                    open.People[operation] = people;
            }
            _open.Add(hour, open);
        }
    }

    private void See(OpenHour open, AccessBatch batch, int row)
    {
        var (operation, subject) = (batch.Operation[row], batch.Subject[row]);
        if (!open.People.TryGetValue(operation, out var people))
            open.People.Add(operation, people = []);
        if (people.Count < options.MostPeopleAnHour && open.Seen.Add((ulong)operation, (ulong)subject.Value))
            people.Add((subject.Value, (batch.Traits[row] & Trait.SomeoneElse) != 0 ? 0 : batch.Credential[row]));
    }

    /// <summary>An hour is judged when the next one is over too: somebody may go on after the full hour.</summary>
    private void CloseBefore(long hour)
    {
        foreach (var number in _open.Keys.Where(number => number > _closed && number < hour).ToList())
        {
            var open = _open[number];
            foreach (var operation in open.People.Keys.Union(_series.Keys).ToList())
            {
                if (!_series.TryGetValue(operation, out var series))
                    _series.Add(operation, series = new HourlySeries());
                series.Add(
                    number, open.People.GetValueOrDefault(operation, [])
                        .Count(seen => !sessions.IsOrdinary(seen.Session) && IsAlone(number, seen.Person)),
                    open.Others);
            }
            _closed = number;
        }
        // The hour before the open ones says who was active then.
        foreach (var number in _open.Keys.Where(number => number < hour - 1).ToList())
            _open.Remove(number);
    }

    private bool IsAlone(long hour, long person)
    {
        for (var near = hour - 1; near <= hour + 1; near++)
            if (_open.TryGetValue(near, out var open) && open.Active.Contains(0, (ulong)person))
                return false;
        return true;
    }

    private IEnumerable<(short Operation, HourlySeries.Alarm Alarm)> Alarms() =>
        _series.SelectMany(series => series.Value.Alarms.Select(alarm => (series.Key, alarm)));

    private Finding Report(short operation, HourlySeries.Alarm alarm)
    {
        var name = context.Catalog.Operations[operation].Name;
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = Severity.Low,
            Raised = alarm.Raised,
            First = alarm.From,
            Last = alarm.To,
            Title = $"Far more people than usual are shown by {name}",
            Why = alarm.Words("people who do nothing else on the site were shown by " + name),
            Evidence = [alarm.Evidence("people an hour")],
            ActorKind = "",
            ActorValue = "",
            Where = $"operation = {Literals.Text(name)} and time between '{alarm.From}' and '{alarm.To}'",
            Technique = "T1119",
        };
    }
}
