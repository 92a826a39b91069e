using System.Buffers;
using System.Globalization;

namespace WhoSaw.Intake.Enrichment;

/// <summary>The network of a client: the /24 of an IPv4 address, the /48 of an IPv6 address.</summary>
public static class Network
{
    /// <summary>Room enough for the text of any network.</summary>
    public const int LongestLength = 24;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>
    /// Writes the network (<c>192.0.2.0/24</c>, <c>2001:db8:1::/48</c>) of an address in its normal form (RFC 5952).
    /// False, and nothing written, for a text that is no address.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<byte> address, Span<byte> destination, out int written)
    {
        written = 0;
        if (address.IndexOf((byte)':') >= 0)
            return TryWrite6(address, destination, out written);
        var last = address.LastIndexOf((byte)'.');
        if (last < 0 || address.Length > 15 || address[..last].Count((byte)'.') != 2
            || address.IndexOfAnyExceptInRange((byte)'.', (byte)'9') >= 0 || address.IndexOf((byte)'/') >= 0)
            return false;
        address[..(last + 1)].CopyTo(destination);
        "0/24"u8.CopyTo(destination[(last + 1)..]);
        written = last + 5;
        return true;
    }

    private static bool TryWrite6(ReadOnlySpan<byte> address, Span<byte> destination, out int written)
    {
        written = 0;
        Span<ushort> groups = stackalloc ushort[3];
        if (!TryGroups(address, groups))
            return false;
        var used = groups[2] != 0 ? 3 : groups[1] != 0 ? 2 : groups[0] != 0 ? 1 : 0;
        for (var i = 0; i < used; i++)
        {
            if (i > 0)
                destination[written++] = (byte)':';
            written += WriteHex(groups[i], destination[written..]);
        }
        "::/48"u8.CopyTo(destination[written..]);
        written += 5;
        return true;
    }

    // The first three groups; those that '::' leaves out are zero. A '::' further on does not change them.
    private static bool TryGroups(ReadOnlySpan<byte> address, Span<ushort> groups)
    {
        if (address.Length > 45 || address.IndexOfAnyExcept(Letters) >= 0)
            return false;
        groups.Clear();
        var gap = address.IndexOf("::"u8);
        var after = gap < 0 ? default : address[(gap + 2)..];
        var before = gap < 0 ? address : address[..gap];
        var (left, right) = (CountGroups(before), CountGroups(after));
        if (gap < 0 ? left != 8 : left + right > 7)
            return false;
        for (var i = 0; i < 3; i++)
        {
            var group = i < left ? GroupAt(before, i) : i >= 8 - right ? GroupAt(after, i - (8 - right)) : 0;
            if (group < 0)
                return false;
            groups[i] = (ushort)group;
        }
        return true;
    }

    // an IPv4 tail counts for two groups
    private static int CountGroups(ReadOnlySpan<byte> text) =>
        text.IsEmpty ? 0 : text.Count((byte)':') + (text.IndexOf((byte)'.') >= 0 ? 2 : 1);

    private static int GroupAt(ReadOnlySpan<byte> text, int index)
    {
        for (; index > 0; index--)
        {
            var colon = text.IndexOf((byte)':');
            if (colon < 0)
                return -1;
            text = text[(colon + 1)..];
        }
        var end = text.IndexOf((byte)':');
        var digits = end < 0 ? text : text[..end];
        return digits.Length is 0 or > 4
            || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group)
                ? -1 : group;
    }

    private static int WriteHex(ushort group, Span<byte> to)
    {
        group.TryFormat(to, out var length, "x", CultureInfo.InvariantCulture);
        return length;
    }
}
