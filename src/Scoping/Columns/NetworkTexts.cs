using WhoSaw.Ledger;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Puts back the networks that a segment leaves out because the client says them: docs/formats/segment.md.
/// </summary>
internal sealed class NetworkTexts
{
    private int[] _ofClient = [];
    private int[] _ofStored = [];

    public void Fill(TextVector into, TextVector stored, TextVector clients, int rows)
    {
        into.Clear(rows);
        if (_ofClient.Length < clients.Count)
            _ofClient = new int[clients.Count];
        if (_ofStored.Length < stored.Count)
            _ofStored = new int[stored.Count];
        for (var client = 1; client < clients.Count; client++)
            _ofClient[client] = Derived(into, clients.Bytes(client));
        for (var number = 1; number < stored.Count; number++)
            _ofStored[number] = stored.Bytes(number).IsEmpty ? 0 : into.Add(stored.Bytes(number));
        for (var row = 0; row < rows; row++)
            into.Set(row, stored[row] == 0 ? _ofClient[clients[row]] : _ofStored[stored[row]]);
    }

    private static int Derived(TextVector networks, ReadOnlySpan<byte> client)
    {
        var (dots, digits, last) = (0, 0, 0);
        for (var i = 0; i < client.Length; i++)
        {
            if (client[i] == '.' && digits > 0)
                (dots, digits, last) = (dots + 1, 0, i);
            else if (client[i] is < (byte)'0' or > (byte)'9' || ++digits > 3)
                return 0;
        }
        return dots == 3 && digits > 0 ? networks.Add([.. client[..(last + 1)], .. "0/24"u8]) : 0;
    }
}
