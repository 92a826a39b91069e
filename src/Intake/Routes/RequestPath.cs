using System.Buffers;

namespace WhoSaw.Intake.Routes;

/// <summary>
/// The path of a request target in the one way in which routes compare it, however it was written: without scheme and
/// host, query, fragment, matrix parameters, empty and dot segments, or a slash at the end; percent-encoding undone,
/// but for '/', '\' and '%'. What a server may take for the same path must not differ here, or a route could be evaded.
/// </summary>
internal static class RequestPath
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create("?#%;\\"u8);
    private static readonly SearchValues<byte> Ends = SearchValues.Create("?#"u8);

    /// <summary>The path, in the target itself where it was written plainly, else in the scratch.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> target, RouteScratch scratch, out ReadOnlySpan<byte> query)
    {
        query = default;
        if (target.IsEmpty)
            return target;
        var origin = target[0] == '/';
        if (!origin)
            target = WithoutAuthority(target);
        var path = target;
        var plain = origin;
        var stop = target.IndexOfAny(Stops);
        if (stop >= 0)
        {
            var end = target[stop] is (byte)'?' or (byte)'#' ? stop : stop + target[stop..].IndexOfAny(Ends);
            plain &= end == stop;
            if (end >= stop)
            {
                path = target[..end];
                query = QueryOf(target[end..]);
            }
        }
        if (!plain || path.IndexOf("//"u8) >= 0 || path.IndexOf("/."u8) >= 0)
            return Normalise(path, scratch);
        return path is [.., (byte)'/'] ? path[..^1] : path;
    }

    /// <summary>
    /// The path again, with encoded separators taken for separators and double encoding undone, as some servers read
    /// it; empty when that makes no difference.
    /// </summary>
    public static ReadOnlySpan<byte> Reread(ReadOnlySpan<byte> path, RouteScratch scratch)
    {
        if (path.IndexOf((byte)'%') < 0)
            return default;
        var again = scratch.Second(path.Length);
        var length = PercentText.Decode(path, again);
        return Normalise(again[..length], scratch);
    }

    private static ReadOnlySpan<byte> QueryOf(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '?')
            return default;
        var fragment = rest.IndexOf((byte)'#');
        return fragment < 0 ? rest[1..] : rest[1..fragment];
    }

    // scheme://authority/path; anything else is taken for a path that lost its first slash
    private static ReadOnlySpan<byte> WithoutAuthority(ReadOnlySpan<byte> target)
    {
        var colon = target.IndexOf("://"u8);
        if (colon <= 0 || target[..colon].IndexOfAny("/?#"u8) >= 0)
            return target;
        var rest = target[(colon + 3)..];
        var end = rest.IndexOfAny("/?#\\"u8);
        return end < 0 ? default : rest[end..];
    }

    private static ReadOnlySpan<byte> Normalise(ReadOnlySpan<byte> path, RouteScratch scratch)
    {
        var to = scratch.Path(path.Length + 1);
        var length = 0;
        while (!path.IsEmpty)
        {
            var end = path.IndexOfAny((byte)'/', (byte)'\\');
            var segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[(end + 1)..];
            var matrix = segment.IndexOf((byte)';');
            if (matrix >= 0)
                segment = segment[..matrix];
            var decoded = to[(length + 1)..];
            var count = PercentText.Decode(segment, decoded, keepSeparators: true);
            decoded = decoded[..count];
            if (count == 0 || decoded is [(byte)'.'])
                continue;
            if (decoded is [(byte)'.', (byte)'.'])
            {
                length = Math.Max(0, to[..length].LastIndexOf((byte)'/'));
                continue;
            }
            to[length] = (byte)'/';
            length += 1 + count;
        }
        return to[..length];
    }
}
