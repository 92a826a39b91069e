using WhoSaw.Intake.Enrichment;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>The network of each client, worked out once.</summary>
internal sealed class ClientNetworks(Catalog catalog)
{
    private Symbol[] _known = [];

    public Symbol Of(Symbol client)
    {
        if (client.IsNone)
            return client;
        if (client.Index >= _known.Length)
            Array.Resize(ref _known, Math.Max(client.Index + 1, Math.Max(1024, _known.Length * 2)));
        ref var network = ref _known[client.Index];
        if (network.IsNone)
        {
            Span<byte> text = stackalloc byte[64];
            network = Network.TryWrite(catalog.Symbols.Bytes(client), text, out var written)
                ? catalog.Symbols.Intern(text[..written])
                : client;
        }
        return network;
    }
}
