using System.Collections;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>What many observations have in common; see <see cref="Observation"/>.</summary>
internal readonly record struct ObservationKind(
    Unit Unit, short Context, bool IsRepeat, Trait Traits, Trait Silent, Trait Suspended, Symbol Agent, Symbol Key,
    Symbol Principal, Symbol System)
{
    public static ObservationKind Of(in Observation observation) => new(
        observation.Unit, observation.Context, observation.IsRepeat, observation.Traits, observation.Silent,
        observation.Suspended, observation.Agent, observation.Key, observation.Principal, observation.System);
}

/// <summary>
/// Observations in their order, 48 bytes each and each kind of them once, in parts that stay where they are as more
/// come: there are millions.
/// </summary>
internal sealed class Observations : IEnumerable<Observation>
{
    private const int PartBits = 13;
    private const int PartSize = 1 << PartBits;

    private readonly List<Row[]> _parts = [];
    private readonly Dictionary<ObservationKind, int> _numbers = [];
    private ObservationKind[] _kinds = new ObservationKind[64];

    private struct Row
    {
        public EventTime Time;
        public long Offset;
        public ulong Credential;
        public SubjectId Account;
        public Symbol Client;
        public Symbol Network;
        public int File;
        public int Kind;
    }

    public int Count { get; private set; }

    public Observation this[int place]
    {
        get
        {
            ref readonly var row = ref At(place);
            ref readonly var kind = ref _kinds[row.Kind];
            return new Observation
            {
                Time = row.Time,
                Offset = row.Offset,
                File = row.File,
                Unit = kind.Unit,
                Context = kind.Context,
                IsRepeat = kind.IsRepeat,
                Traits = kind.Traits,
                Silent = kind.Silent,
                Suspended = kind.Suspended,
                Client = row.Client,
                Network = row.Network,
                System = kind.System,
                Agent = kind.Agent,
                Key = kind.Key,
                Principal = kind.Principal,
                Credential = row.Credential,
                Account = row.Account,
            };
        }
    }

    public ref readonly ObservationKind KindOf(int place) => ref _kinds[At(place).Kind];

    /// <summary>How many kinds there are, and have been: each has a number below it.</summary>
    public int Kinds => _numbers.Count;

    public int KindNumberOf(int place) => At(place).Kind;

    public ref readonly ObservationKind Kind(int number) => ref _kinds[number];

    public EventTime TimeOf(int place) => At(place).Time;

    public ulong CredentialOf(int place) => At(place).Credential;

    public SubjectId AccountOf(int place) => At(place).Account;

    public Symbol ClientOf(int place) => At(place).Client;

    /// <summary>It is of another kind from now on.</summary>
    public void Mark(int place, in ObservationKind kind) => At(place).Kind = NumberOf(kind);

    public void Add(Observation observation)
    {
        if (Count >> PartBits == _parts.Count)
            _parts.Add(new Row[PartSize]);
        Count++;
        At(Count - 1) = new Row
        {
            Time = observation.Time,
            Offset = observation.Offset,
            Credential = observation.Credential,
            Account = observation.Account,
            Client = observation.Client,
            Network = observation.Network,
            File = observation.File,
            Kind = NumberOf(ObservationKind.Of(observation)),
        };
    }

    /// <summary>So many from the first on are no more.</summary>
    public void RemoveFirst(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count, nameof(count));
        for (var place = count; place < Count; place++)
            At(place - count) = At(place);
        Count -= count;
        var kept = (Count + PartSize - 1) >> PartBits;
        _parts.RemoveRange(kept, _parts.Count - kept);
        ForgetKinds();
    }

    public IEnumerator<Observation> GetEnumerator()
    {
        for (var place = 0; place < Count; place++)
            yield return this[place];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ref Row At(int place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)Count, nameof(place));
        return ref _parts[place >> PartBits][place & (PartSize - 1)];
    }

    private int NumberOf(in ObservationKind kind)
    {
        if (_numbers.TryGetValue(kind, out var number))
            return number;
        number = _numbers.Count;
        if (number == _kinds.Length)
            Array.Resize(ref _kinds, number + number / 2);
        _kinds[number] = kind;
        _numbers.Add(kind, number);
        return number;
    }

    // Those of observations that are no more would be held for ever.
    private void ForgetKinds()
    {
        var kinds = _kinds;
        _numbers.Clear();
        _kinds = new ObservationKind[64];
        for (var place = 0; place < Count; place++)
            At(place).Kind = NumberOf(kinds[At(place).Kind]);
    }
}
