using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>The observations of a run in the order in which they came.</summary>
internal sealed class ObservationLog(DetectionContext context)
{
    // An issuer record may come so much later than the first use; the same that a scan allows.
    private const long Lateness = EventTime.Day;
    private const int LeastKept = 1 << 12;

    private readonly Observations _all = [];
    private readonly List<string> _files = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, List<int>> _unissued = [];
    private int[] _fileOf = [];
    private int _kept = LeastKept;

    /// <summary>What a look may mark, until <see cref="Unmark"/>.</summary>
    public Observations All => _all;

    public int Count => _all.Count;

    public void Add(in Observation observation)
    {
        _all.Add(observation with { File = FileOf(observation.File) });
        if (observation.Credential != 0 && (observation.Traits & Trait.Unissued) != 0)
            Remember(observation.Credential, _all.Count - 1);
    }

    public RecordLocation LocationOf(int observation) =>
        new(_files[_all[observation].File], _all[observation].Offset);

    /// <summary>The session was issued after all: its record came late.</summary>
    public void Excuse(ulong credential)
    {
        if (!_unissued.Remove(credential, out var places))
            return;
        foreach (var place in places)
            _all.Mark(place, _all.KindOf(place) with { Traits = _all.KindOf(place).Traits & ~Trait.Unissued });
    }

    /// <summary>
    /// Forgets whose records can come no more. Between batches, for a record excuses its session after its batch.
    /// </summary>
    public void Settle()
    {
        if (_unissued.Count <= _kept)
            return;
        var newest = _all.TimeOf(_all.Count - 1);
        foreach (var (credential, places) in _unissued)
            if (newest - _all.TimeOf(places[0]) > Lateness)
                _unissued.Remove(credential);
        _kept = Math.Max(LeastKept, 2 * _unissued.Count);
    }

    /// <summary>So many of the oldest are no observations any more.</summary>
    public void Forget(int oldest)
    {
        _all.RemoveFirst(oldest);
        _unissued.Clear();
        for (var place = 0; place < _all.Count; place++)
            if (_all[place].Credential != 0 && (_all[place].Traits & Trait.Unissued) != 0)
                Remember(_all[place].Credential, place);
    }

    /// <summary>Takes off what an earlier look marked: only what came stays.</summary>
    public void Unmark()
    {
        for (var i = 0; i < _all.Count; i++)
        {
            ref readonly var kind = ref _all.KindOf(i);
            if (kind.Unit == Unit.StaffPerson)
                _all.Mark(
                    i, kind with { Suspended = Trait.None, Traits = kind.Traits & ~Trait.OffHours, IsRepeat = false });
            else if (kind.Suspended != Trait.None)
                _all.Mark(i, kind with { Suspended = Trait.None });
        }
    }

    /// <summary>A trait says nothing, present or absent, about what came in a stretch.</summary>
    public void Suspend(Unit unit, Trait trait, EventTime from, EventTime to)
    {
        for (var i = 0; i < _all.Count; i++)
            if (_all.KindOf(i).Unit == unit && _all.TimeOf(i) >= from && _all.TimeOf(i) < to)
                _all.Mark(i, _all.KindOf(i) with { Suspended = _all.KindOf(i).Suspended | trait });
    }

    /// <summary>Where requests do not name tickets, a missing one says nothing.</summary>
    public Trait SilentOf(short operation) =>
        operation > 0 && context.Catalog.Operations[operation].NamesTicket ? Trait.None : Trait.NoTicket;

    public void Save(BinaryWriter state)
    {
        state.Write(_files.Count);
        _files.ForEach(state.Write);
        state.Write(_all.Count);
        foreach (var observation in _all)
            Write(state, observation);
        state.Write(_unissued.Count);
        foreach (var (credential, places) in _unissued)
        {
            state.Write(credential);
            state.Write7BitEncodedInt(places.Count);
            places.ForEach(state.Write7BitEncodedInt);
        }
    }

    /// <summary>An operation that there is no longer is nobody's role: its rates are those of no other.</summary>
    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            NumberOf(state.ReadString());
        for (var left = state.ReadInt32(); left > 0; left--)
            _all.Add(Read(state));
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var places = new List<int>();
            _unissued.Add(state.ReadUInt64(), places);
            for (var more = state.Read7BitEncodedInt(); more > 0; more--)
                places.Add(state.Read7BitEncodedInt());
        }
    }

    private void Write(BinaryWriter state, in Observation observation)
    {
        state.WriteTime(observation.Time);
        state.Write7BitEncodedInt64(observation.Offset);
        state.Write7BitEncodedInt(observation.File);
        state.Write((byte)observation.Unit);
        if (observation.Unit == Unit.StaffPerson)
            state.WriteOperation(context.Catalog, observation.Context);
        else
            state.Write(observation.Context);
        state.Write(observation.IsRepeat);
        state.Write7BitEncodedInt((int)observation.Traits);
        state.Write7BitEncodedInt((int)observation.Silent);
        SavedSymbols.Write(state, observation.Client);
        SavedSymbols.Write(state, observation.Network);
        SavedSymbols.Write(state, observation.Agent);
        SavedSymbols.Write(state, observation.Key);
        SavedSymbols.Write(state, observation.Principal);
        SavedSymbols.Write(state, observation.System);
        state.Write(observation.Credential);
        state.Write(observation.Account.Value);
    }

    private Observation Read(BinaryReader state)
    {
        var symbols = context.SavedSymbols;
        var observation = new Observation
        {
            Time = state.ReadTime(),
            Offset = state.Read7BitEncodedInt64(),
            File = state.Read7BitEncodedInt(),
            Unit = (Unit)state.ReadByte(),
        };
        observation.Context = observation.Unit == Unit.StaffPerson
            ? state.ReadOperation(context.Catalog) : state.ReadInt16();
        return observation with
        {
            IsRepeat = state.ReadBoolean(),
            Traits = (Trait)state.Read7BitEncodedInt(),
            Silent = (Trait)state.Read7BitEncodedInt(),
            Client = symbols.Read(state),
            Network = symbols.Read(state),
            Agent = symbols.Read(state),
            Key = symbols.Read(state),
            Principal = symbols.Read(state),
            System = symbols.Read(state),
            Credential = state.ReadUInt64(),
            Account = new SubjectId(state.ReadInt64()),
        };
    }

    private void Remember(ulong credential, int place)
    {
        if (!_unissued.TryGetValue(credential, out var places))
            _unissued.Add(credential, places = []);
        places.Add(place);
    }

    private int FileOf(int file)
    {
        if (file >= _fileOf.Length)
            Array.Resize(ref _fileOf, Math.Max(file + 1, 2 * _fileOf.Length));
        // One more than the number, for 0 is not asked yet.
        if (_fileOf[file] == 0)
            _fileOf[file] = 1 + NumberOf(context.Catalog.Files[file].Path);
        return _fileOf[file] - 1;
    }

    private int NumberOf(string path)
    {
        if (_numbers.TryGetValue(path, out var number))
            return number;
        _numbers.Add(path, number = _files.Count);
        _files.Add(path);
        return number;
    }
}
