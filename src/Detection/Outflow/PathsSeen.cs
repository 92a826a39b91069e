using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

/// <summary>
/// Since when a path of large answers, or a script, is known, and whether more than one client asked for it.
/// </summary>
internal sealed class PathsSeen(int most)
{
    private readonly Dictionary<(int Source, Symbol Path), Seen> _seen = [];

    private struct Seen
    {
        public EventTime First;
        public Symbol Client;
        public bool IsShared;
    }

    public void See(int source, Symbol path, Symbol client, EventTime time)
    {
        if (_seen.TryGetValue((source, path), out var seen))
        {
            if (!seen.IsShared && seen.Client != client)
                _seen[(source, path)] = seen with { IsShared = true };
        }
        else if (_seen.Count < most)
            _seen.Add((source, path), new Seen { First = time, Client = client });
    }

    /// <summary>Whether it was first asked for after that time, and by nobody else since.</summary>
    public bool IsOnlyOf(int source, Symbol path, Symbol client, EventTime since) =>
        _seen.TryGetValue((source, path), out var seen) && !seen.IsShared && seen.Client == client
        && seen.First >= since;

    /// <summary>What this client alone asked for, since that time.</summary>
    public IEnumerable<Symbol> OnlyOf(int source, Symbol client, EventTime since) => _seen
        .Where(seen => seen.Key.Source == source && seen.Value.Client == client && !seen.Value.IsShared
            && seen.Value.First >= since)
        .OrderBy(seen => seen.Value.First).Select(seen => seen.Key.Path);

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write(_seen.Count);
        foreach (var (key, seen) in _seen)
        {
            state.Write(catalog.Sources[key.Source]);
            state.Write(catalog.Symbols.Text(key.Path)!);
            state.Write(catalog.Symbols.Text(seen.Client) ?? "");
            state.Write(seen.First.Microseconds);
            state.Write(seen.IsShared);
        }
    }

    public void Restore(BinaryReader state, Catalog catalog, Func<string, int?> sourceOf)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var source = sourceOf(state.ReadString());
            var path = catalog.Symbols.Intern(state.ReadString());
            var seen = new Seen
            {
                Client = catalog.Symbols.Intern(state.ReadString()),
                First = new EventTime(state.ReadInt64()),
                IsShared = state.ReadBoolean(),
            };
            if (source is { } known)
                _seen[(known, path)] = seen;
        }
    }
}
