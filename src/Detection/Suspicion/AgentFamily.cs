using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// The family of a user agent: an app by its first product, a browser by its engine's name and whether it is on a
/// phone. An app that opens with the profile call makes that ordinary for the app, and for it alone.
/// </summary>
internal sealed class AgentFamily(SymbolTable symbols)
{
    /// <summary>No family has a higher number.</summary>
    public const int Most = 4094;

    private static readonly string[] Browsers =
        ["Edg", "OPR", "SamsungBrowser", "Whale", "CriOS", "FxiOS", "Firefox", "Chrome", "Safari"];

    private readonly Dictionary<Symbol, short> _families = [];
    private readonly Dictionary<string, short> _numbers = [];
    private readonly List<string> _names = [];

    public short Of(Symbol agent)
    {
        if (_families.TryGetValue(agent, out var family))
            return family;
        family = NumberOf(NameOf(symbols.Text(agent) ?? ""));
        _families.Add(agent, family);
        return family;
    }

    /// <summary>The names in the order of their numbers: a later run gives the same ones.</summary>
    public void Save(BinaryWriter state)
    {
        state.Write7BitEncodedInt(_names.Count);
        foreach (var name in _names)
            state.Write(name);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            NumberOf(state.ReadString());
    }

    private short NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out var family))
            return family;
        // Thousands of invented families are one: what nobody shares has no habits to learn.
        family = (short)Math.Min(_names.Count, Most);
        if (_names.Count < Most)
        {
            _names.Add(name);
            _numbers.Add(name, family);
        }
        return family;
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
