using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Walks;

/// <summary>The walkers of one kind of actor. Who only ever sees one person takes eight bytes.</summary>
internal sealed class WalkerTable(ActorKind kind, int most)
{
    private readonly Dictionary<ulong, Walker> _walkers = [];

    // By symbol: the one person seen so far; credentials are few here, and are in a table.
    private readonly Dictionary<ulong, long> _onlyOf = [];
    private long[] _only = [];

    public MemoryLimit Limit { get; } = new(
        $"{kind.ToString().ToLowerInvariant()} values that read one account after another",
        "of them, those with the fewest steps in order, were forgotten, and begin anew", most);

    public ActorKind Kind => kind;
    public int Count => _walkers.Count;
    public IEnumerable<(ulong Value, Walker Walker)> All => _walkers.Select(pair => (pair.Key, pair.Value));

    /// <summary>The walker, from its second person on.</summary>
    public Walker? Of(ulong value, long subject)
    {
        if (_walkers.TryGetValue(value, out var walker))
            return walker;
        if (Only(value) is not { } first)
        {
            SetOnly(value, subject);
            return null;
        }
        if (first == subject)
            return null;
        if (_walkers.Count >= Limit.Most)
            Forget();
        _walkers.Add(value, walker = new Walker(first));
        return walker;
    }

    // Who would flush a slow thief out must walk in order himself: the quarter with the least evidence goes.
    private void Forget()
    {
        var least = _walkers.OrderBy(walker => walker.Value.Evidence).ThenBy(walker => walker.Key)
            .Take((_walkers.Count + 3) / 4).Select(walker => walker.Key).ToList();
        foreach (var value in least)
            _walkers.Remove(value);
        Limit.Forget(least.Count);
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        var only = kind == ActorKind.Credential
            ? [.. _onlyOf.Select(pair => (pair.Key, pair.Value))]
            : Enumerable.Range(0, _only.Length).Where(value => _only[value] != 0)
                .Select(value => (Key: (ulong)value, Value: _only[value] - 1)).ToList();
        state.Write(only.Count);
        foreach (var (value, subject) in only)
        {
            Write(state, catalog, value);
            state.Write(subject);
        }
        state.Write(_walkers.Count);
        foreach (var (value, walker) in _walkers)
        {
            Write(state, catalog, value);
            walker.Save(state);
        }
    }

    public void Restore(BinaryReader state, Catalog catalog)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            SetOnly(Read(state, catalog), state.ReadInt64());
        for (var left = state.ReadInt32(); left > 0; left--)
            _walkers.Add(Read(state, catalog), Walker.Restore(state));
    }

    private long? Only(ulong value)
    {
        if (kind == ActorKind.Credential)
            return _onlyOf.TryGetValue(value, out var first) ? first : null;
        return value < (ulong)_only.Length && _only[value] != 0 ? _only[value] - 1 : null;
    }

    private void SetOnly(ulong value, long subject)
    {
        if (kind == ActorKind.Credential)
        {
            _onlyOf[value] = subject;
            return;
        }
        if (value >= (ulong)_only.Length)
            Array.Resize(ref _only, (int)Math.Max(value + 1, (ulong)Math.Max(1024, _only.Length * 2)));
        _only[value] = subject + 1;
    }

    private void Write(BinaryWriter state, Catalog catalog, ulong value)
    {
        if (kind == ActorKind.Credential)
            state.Write(value);
        else
            state.WriteSymbol(catalog, new Symbol((int)value));
    }

    private ulong Read(BinaryReader state, Catalog catalog) =>
        kind == ActorKind.Credential ? state.ReadUInt64() : (ulong)state.ReadSymbol(catalog).Index;
}
