namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Puts back the networks that a segment leaves out because the client says them: docs/formats/segment.md.
/// </summary>
internal sealed class NetworkTexts
{
    private readonly List<int> _ofClient = [];
    private (int Networks, int Clients) _generations = (-1, -1);

    public void Fill(TextVector into, TextVector stored, TextVector clients, int rows)
    {
        var generations = (into.Texts.Generation, clients.Texts.Generation);
        if (generations != _generations)
            _ofClient.Clear();
        _generations = generations;
        for (var client = _ofClient.Count; client < clients.Texts.Count; client++)
            _ofClient.Add(Derived(into.Texts, clients.Texts.Bytes(client)));
        for (var row = 0; row < rows; row++)
        {
            var number = stored.Numbers[row];
            if (number == 0)
                into.Numbers[row] = _ofClient[clients.Numbers[row]];
            else
            {
                var text = stored.Texts.Bytes(number);
                into.Numbers[row] = text.Length == 0 ? 0 : into.Texts.NumberOf(text);
            }
        }
        stored.Texts.Rest();
    }

    private static int Derived(TextTable networks, ReadOnlySpan<byte> client)
    {
        var (dots, digits, last) = (0, 0, 0);
        for (var i = 0; i < client.Length; i++)
        {
            if (client[i] == '.' && digits > 0)
                (dots, digits, last) = (dots + 1, 0, i);
            else if (client[i] is < (byte)'0' or > (byte)'9' || ++digits > 3)
                return 0;
        }
        return dots == 3 && digits > 0 ? networks.NumberOf([.. client[..(last + 1)], .. "0/24"u8]) : 0;
    }
}
