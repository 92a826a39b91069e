using WhoSaw.Intake.Places;
using WhoSaw.Records;

namespace WhoSaw.Intake.Enrichment;

/// <summary>The network of each client and what is known of its address, worked out once.</summary>
internal sealed class ClientNetworks(Catalog catalog, AddressPlaces? places)
{
    private Symbol[] _known = [];
    private Trait[] _traits = new Trait[1];

    /// <summary>Of a client whose network was asked for; none where no tables are configured.</summary>
    public Trait TraitsOf(Symbol client) => places is null ? Trait.None : _traits[client.Index];

    public Symbol Of(Symbol client)
    {
        if (client.IsNone)
            return client;
        if (client.Index >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(client.Index + 1, Math.Max(1024, _known.Length * 2)));
            if (places is not null)
                Array.Resize(ref _traits, _known.Length);
        }
        ref var network = ref _known[client.Index];
        if (network.IsNone)
        {
            Span<byte> text = stackalloc byte[64];
            network = Network.TryWrite(catalog.Symbols.Bytes(client), text, out var written)
                ? catalog.Symbols.Intern(text[..written])
                : client;
            if (places is not null)
                _traits[client.Index] = places.Of(catalog.Symbols.Bytes(client));
        }
        return network;
    }
}
