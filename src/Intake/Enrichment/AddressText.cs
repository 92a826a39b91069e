using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace WhoSaw.Intake.Enrichment;

/// <summary>Client addresses as logs write them: with a port, in brackets, with a zone, IPv4 inside IPv6.</summary>
public static class AddressText
{
    /// <summary>Room enough for any address that <see cref="TryNormalise"/> writes.</summary>
    public const int LongestLength = 46;

    /// <summary>
    /// Writes the one form that an address has here: IPv4 dotted, IPv6 as RFC 5952; no port, bracket or zone; IPv4
    /// mapped into IPv6 becomes IPv4. False for a host name or anything else. <paramref name="destination"/> needs <see
    /// cref="LongestLength"/> bytes.
    /// </summary>
    public static bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        text = Bare(text);
        if (IsIpv4(text))
        {
            if (text.Length > destination.Length)
                return false;
            text.CopyTo(destination);
            written = text.Length;
            return true;
        }
        Span<byte> bytes = stackalloc byte[16];
        if (!TryIpv6(text, bytes))
            return false;
        var address = bytes[..12].SequenceEqual(MappedPrefix) ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
        return address.TryFormat(destination, out written);
    }

    /// <summary>
    /// The address without port, brackets, zone and the prefix of mapped IPv4, as a slice of the text; the text itself
    /// when it holds no address.
    /// </summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        if (text.IsEmpty)
            return text;
        var inner = text;
        if (text[0] == '[')
        {
            var close = text.IndexOf((byte)']');
            if (close < 0)
                return text;
            inner = text[1..close];
        }
        else
        {
            var colon = text.IndexOf((byte)':');
            if (colon > 0 && text.LastIndexOf((byte)':') == colon)
                inner = text[..colon];
        }
        var zone = inner.IndexOf((byte)'%');
        if (zone > 0)
            inner = inner[..zone];
        if (IsIpv4(inner))
            return inner;
        if (!IsIpv6(inner))
            return text;
        var last = inner[(inner.LastIndexOf((byte)':') + 1)..];
        Span<byte> bytes = stackalloc byte[16];
        return IsIpv4(last) && TryIpv6(inner, bytes) && bytes[..12].SequenceEqual(MappedPrefix) ? last : inner;
    }

    /// <summary>Whether this is an address, in any of the forms, and not a name.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        var bare = Bare(text);
        return IsIpv4(bare) || IsIpv6(bare);
    }

    /// <summary>
    /// Whether the address is of the public internet: not private, loopback, link-local, shared or unspecified.
    /// </summary>
    public static bool IsPublic(ReadOnlySpan<byte> text)
    {
        Span<byte> buffer = stackalloc byte[LongestLength];
        if (!TryNormalise(text, buffer, out var written))
            return false;
        if (!IPAddress.TryParse(buffer[..written], out var address))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            var value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            return !(bytes[0] is 0 or 10 or 127 || value >> 20 == 0xAC1 || value >> 16 is 0xC0A8 or 0xA9FE
                || value >> 22 == (0x64400000 >> 22));
        }
        return !(address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Loopback)
            || address.Equals(IPAddress.IPv6Any));
    }

    private static readonly SearchValues<byte> AddressLetters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 7 or > 15)
            return false;
        var parts = 0;
        var value = -1;
        foreach (var letter in text)
        {
            if (letter == '.')
            {
                if (value < 0 || ++parts > 3)
                    return false;
                value = -1;
                continue;
            }
            var digit = letter - '0';
            // a leading zero is octal to some and decimal to others
            if ((uint)digit > 9 || value == 0)
                return false;
            value = value < 0 ? digit : value * 10 + digit;
            if (value > 255)
                return false;
        }
        return parts == 3 && value >= 0;
    }

    private static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return TryIpv6(text, bytes);
    }

    private static bool TryIpv6(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        bytes.Clear();
        if (text.Length is < 2 or > 45 || text.IndexOf((byte)':') < 0
            || text.IndexOfAnyExcept(AddressLetters) >= 0)
            return false;
        return IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && address.TryWriteBytes(bytes, out var written) && written == 16;
    }
}
