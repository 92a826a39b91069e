using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WhoSaw.Intake.Directories;

namespace WhoSaw.Intake.Places;

/// <summary>
/// Networks of hosting companies: a CIDR range or an autonomous system a line; <c>#</c> begins a comment. Ranges may
/// overlap.
/// </summary>
internal sealed class HostingRanges
{
    private const int MostFaults = 20;

    public static readonly HostingRanges Empty = new([], []);

    private readonly UInt128[] _from;
    private readonly UInt128[] _to;
    private readonly HashSet<long> _systems;

    private HostingRanges(List<(UInt128 From, UInt128 To)> ranges, HashSet<long> systems)
    {
        ranges.Sort();
        var merged = new List<(UInt128 From, UInt128 To)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.From <= merged[^1].To)
                merged[^1] = (merged[^1].From, UInt128.Max(merged[^1].To, range.To));
            else
                merged.Add(range);
        }
        (_from, _to, _systems) = ([.. merged.Select(r => r.From)], [.. merged.Select(r => r.To)], systems);
    }

    public bool HasSystems => _systems.Count > 0;

    public bool Holds(long system) => _systems.Contains(system);

    public bool Holds(IPAddress address)
    {
        var number = NumberOf(address);
        var at = Array.BinarySearch(_from, number);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && number <= _to[at];
    }

    public static HostingRanges Read(string path, List<FileFault> faults)
    {
        var (ranges, systems) = (new List<(UInt128, UInt128)>(), new HashSet<long>());
        var (line, wrong) = (0, 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            var entry = (text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? text[..comment] : text)
                .Trim();
            if (entry.Length == 0)
                continue;
            if (SystemNumber(entry) is { } system)
                systems.Add(system);
            else if (RangeOf(entry) is { } range)
                ranges.Add(range);
            else if (++wrong <= MostFaults)
                faults.Add(new FileFault(path, line,
                    "a hosting network is a range such as 192.0.2.0/24 or a system such as AS64500"));
        }
        return new HostingRanges(ranges, systems);
    }

    /// <summary>AS64500; null for anything else.</summary>
    public static long? SystemNumber(string text) =>
        text.StartsWith("AS", StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    private static (UInt128 From, UInt128 To)? RangeOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out var parsed)
            || parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(c => c == '.') != 3)
            return null;
        var bits = parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out prefix) || prefix > bits))
            return null;
        var rest = bits == prefix ? UInt128.Zero : (UInt128.One << (bits - prefix)) - 1;
        // all of IPv6 does not fit a shift by 128
        if (bits - prefix == 128)
            rest = UInt128.MaxValue;
        var first = NumberOf(parsed) & ~rest;
        return (first, first | rest);
    }

    // IPv4 as it is mapped into IPv6, so that both are in one order
    private static UInt128 NumberOf(IPAddress address) =>
        BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());
}
