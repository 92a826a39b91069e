using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// A network that is the client's /24 says nothing that the client does not, and would cost as much as the client:
/// the column is null then. <see cref="SegmentColumns.NetworkSql"/> puts it back.
/// </summary>
internal static class DerivedNetwork
{
    /// <summary>Stands for "no network" where null would mean the client's /24; its text is empty.</summary>
    public const int NoneKey = -1;

    public static int KeyOf(SymbolTable symbols, int client, int network)
    {
        var address = symbols.Bytes(new Symbol(client));
        if (!IsDottedQuad(address, out var lastDot))
            return network;
        if (network == 0)
            return NoneKey;
        var text = symbols.Bytes(new Symbol(network));
        var prefix = address[..(lastDot + 1)];
        return text.Length == prefix.Length + 4 && text.StartsWith(prefix) && text.EndsWith("0/24"u8) ? 0 : network;
    }

    /// <summary>Four runs of one to three digits: the same test as in the SQL, whatever the numbers.</summary>
    private static bool IsDottedQuad(ReadOnlySpan<byte> text, out int lastDot)
    {
        var (dots, digits) = (0, 0);
        lastDot = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.')
            {
                if (digits == 0)
                    return false;
                (dots, digits, lastDot) = (dots + 1, 0, i);
            }
            else if (text[i] is < (byte)'0' or > (byte)'9' || ++digits > 3)
            {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }
}
