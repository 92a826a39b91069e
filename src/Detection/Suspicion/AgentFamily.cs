using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// The family of a user agent: an app by its first product, a browser by its engine's name and whether it is on a
/// phone. An app that opens with the profile call makes that ordinary for the app, and for it alone.
/// </summary>
internal sealed class AgentFamily(SymbolTable symbols)
{
    private static readonly string[] Browsers =
        ["Edg", "OPR", "SamsungBrowser", "Whale", "CriOS", "FxiOS", "Firefox", "Chrome", "Safari"];

    private readonly Dictionary<Symbol, short> _families = [];
    private readonly Dictionary<string, short> _numbers = [];

    public short Of(Symbol agent)
    {
        if (_families.TryGetValue(agent, out var family))
            return family;
        var name = NameOf(symbols.Text(agent) ?? "");
        if (!_numbers.TryGetValue(name, out family))
        {
            // Thousands of invented families are one: what nobody shares has no habits to learn.
            family = (short)Math.Min(_numbers.Count, 4096);
            _numbers.Add(name, family);
        }
        _families.Add(agent, family);
        return family;
    }

    /// <summary>The numbers of the families; which agent is of which follows from them.</summary>
    public void Save(BinaryWriter state)
    {
        state.Write(_numbers.Count);
        foreach (var (name, number) in _numbers)
        {
            state.Write(name);
            state.Write(number);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _numbers.Add(state.ReadString(), state.ReadInt16());
    }

    private static string NameOf(string agent)
    {
        var end = agent.AsSpan().IndexOfAny('/', ' ', ';');
        var product = end < 0 ? agent : agent[..end];
        if (product != "Mozilla")
            return product;
        if (agent.Contains("compatible;", StringComparison.Ordinal))
            return "compatible";
        var browser = Array.Find(Browsers, name => agent.Contains(name + "/", StringComparison.Ordinal)) ?? "other";
        var phone = agent.Contains("Mobile", StringComparison.Ordinal)
            || agent.Contains("Android", StringComparison.Ordinal);
        return phone ? browser + " mobile" : browser;
    }
}
