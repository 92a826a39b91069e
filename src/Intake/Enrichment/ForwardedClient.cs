namespace WhoSaw.Intake.Enrichment;

/// <summary>
/// Who asked, behind proxies. Each proxy appends the address it was asked by to <c>X-Forwarded-For</c>; what stands
/// left of what our own proxies appended was sent by the client and may be a lie.
/// </summary>
public static class ForwardedClient
{
    /// <summary>
    /// The client as the outermost of <paramref name="trustedProxies"/> own proxies saw it: that many entries from the
    /// right of the header. 0 ignores the header. A shorter list gives its leftmost entry; an empty one the peer; one
    /// in which an entry is hidden (<c>unknown</c>, <c>-</c>) what stands right of it.
    /// </summary>
    /// <param name="forwarded">The header: <c>client, proxy, proxy</c>, or RFC 7239 with <c>for=</c>.</param>
    /// <returns>A slice of either argument, as written there: to be normalised.</returns>
    public static ReadOnlySpan<byte> Pick(
        ReadOnlySpan<byte> client, ReadOnlySpan<byte> forwarded, int trustedProxies)
    {
        var picked = client;
        while (trustedProxies > 0 && !forwarded.IsEmpty)
        {
            var comma = forwarded.LastIndexOf((byte)',');
            var entry = Bare(forwarded[(comma + 1)..]);
            forwarded = comma < 0 ? default : forwarded[..comma];
            if (entry.IsEmpty)
                continue;
            if (IsHidden(entry))
                break;
            picked = entry;
            trustedProxies--;
        }
        return picked;
    }

    private static bool IsHidden(ReadOnlySpan<byte> entry) =>
        entry.SequenceEqual("-"u8) || entry.SequenceEqual("unknown"u8) || entry[0] == '_';

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> entry)
    {
        entry = entry.Trim(" \t"u8);
        while (!entry.IsEmpty && entry.IndexOf((byte)'=') >= 0)
        {
            var semicolon = entry.IndexOf((byte)';');
            var pair = (semicolon < 0 ? entry : entry[..semicolon]).Trim((byte)' ');
            if (pair.StartsWith("for="u8) || pair.StartsWith("For="u8) || pair.StartsWith("FOR="u8))
                return pair[4..].Trim((byte)'"');
            entry = semicolon < 0 ? default : entry[(semicolon + 1)..];
        }
        return entry.Trim((byte)'"');
    }
}
