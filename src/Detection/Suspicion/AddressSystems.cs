using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>The autonomous system of each address, asked once for each.</summary>
internal sealed class AddressSystems(DetectionContext context)
{
    private readonly Dictionary<Symbol, Symbol> _systems = [];

    /// <summary>None without a table of systems, and for an address that it does not know.</summary>
    public Symbol Of(Symbol client)
    {
        if (context.SystemOf is not { } systemOf || client.IsNone)
            return Symbol.None;
        if (!_systems.TryGetValue(client, out var system))
            _systems.Add(client, system = systemOf(context.Catalog.Symbols.Bytes(client)) is { } name
                ? context.Catalog.Symbols.Intern(name)
                : Symbol.None);
        return system;
    }
}
