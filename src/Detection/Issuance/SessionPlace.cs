using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>Where requests of one session come from, and with what.</summary>
internal readonly record struct SessionPlace(Symbol Client, Symbol Network, Symbol Key, Symbol Agent)
{
    public void Save(BinaryWriter state, Catalog catalog)
    {
        foreach (var symbol in (ReadOnlySpan<Symbol>)[Client, Network, Key, Agent])
            state.WriteSymbol(catalog, symbol);
    }

    public static SessionPlace Restored(BinaryReader state, Catalog catalog) => new(
        state.ReadSymbol(catalog), state.ReadSymbol(catalog), state.ReadSymbol(catalog), state.ReadSymbol(catalog));
}
