using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>Counts rows by the values of one kind of actor.</summary>
internal sealed class ActorTally
{
    private readonly Dictionary<Symbol, long> _counts = [];

    public int Distinct => _counts.Count;

    public void Add(Symbol actor, long rows = 1)
    {
        if (actor.IsNone)
            return;
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _counts, actor, out _);
        count += rows;
    }

    public void Add(ActorTally other)
    {
        foreach (var (actor, rows) in other._counts)
            Add(actor, rows);
    }

    public long this[Symbol actor] => _counts.GetValueOrDefault(actor);

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write7BitEncodedInt(_counts.Count);
        foreach (var (actor, count) in _counts)
        {
            state.WriteSymbol(catalog, actor);
            state.Write(count);
        }
    }

    public void Restore(BinaryReader state, Catalog catalog)
    {
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _counts[state.ReadSymbol(catalog)] = state.ReadInt64();
    }

    /// <summary>Most first; ties by text, so that two runs agree.</summary>
    public IReadOnlyList<(string Value, long Count)> Top(int most, SymbolTable symbols) =>
        [.. _counts
            .Select(pair => (Value: symbols.Text(pair.Key)!, Count: pair.Value))
            .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Take(most)];
}
