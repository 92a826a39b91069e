namespace WhoSaw.Intake.Sightings;

/// <summary>
/// A path with what varies taken out, so that requests of one kind have one name and nobody's data stands in it: runs
/// of digits become <c>#</c>, segments that may hold a value become <c>*</c>; no query.
/// </summary>
internal static class PathShape
{
    public const int LongestLength = 160;
    private const int LongestSegment = 40;

    /// <summary>Writes the shape of a request target; how many bytes it has.</summary>
    public static int Write(ReadOnlySpan<byte> target, Span<byte> to)
    {
        var end = target.IndexOfAny("?#;"u8);
        var path = end < 0 ? target : target[..end];
        var host = path.IndexOf("://"u8);
        var written = 0;
        if (host >= 0)
        {
            var slash = path[(host + 3)..].IndexOf((byte)'/');
            path = slash < 0 ? default : path[(host + 3 + slash)..];
        }
        while (!path.IsEmpty && written + LongestSegment + 1 < LongestLength)
        {
            var slash = path[1..].IndexOf((byte)'/');
            var segment = slash < 0 ? path : path[..(slash + 1)];
            written += Segment(segment, to[written..]);
            path = path[segment.Length..];
        }
        return written;
    }

    private static int Segment(ReadOnlySpan<byte> segment, Span<byte> to)
    {
        if (segment.Length > LongestSegment || !IsPlain(segment))
        {
            "/*"u8.CopyTo(to);
            return 2;
        }
        var written = 0;
        for (var at = 0; at < segment.Length; at++)
        {
            var isDigit = segment[at] is >= (byte)'0' and <= (byte)'9';
            if (!isDigit)
                to[written++] = segment[at];
            else if (at == 0 || segment[at - 1] is < (byte)'0' or > (byte)'9')
                to[written++] = (byte)'#';
        }
        return written;
    }

    private static bool IsPlain(ReadOnlySpan<byte> segment)
    {
        var digits = 0;
        foreach (var c in segment)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
                digits++;
            else if (c is not (>= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z'
                or (byte)'/' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)'~'))
                return false;
        }
        // tokens and the like: many of their letters are digits
        return digits <= 4 || digits * 2 < segment.Length || digits == segment.Length - 1;
    }
}

/// <summary>The scripts that were called in a block: files that a server runs.</summary>
internal sealed class ScriptCalls
{
    private readonly Parsing.CredentialsSeen _seen = new();

    public void Clear() => _seen.Clear();

    /// <summary>Whether the target is a script, and the first call of it in the block.</summary>
    public bool IsFirst(ReadOnlySpan<byte> target)
    {
        var end = target.IndexOf((byte)'?');
        var path = end < 0 ? target : target[..end];
        if (path.Length < 6 || path[^4] != '.' && path[^5] != '.')
            return false;
        var ending = path[(path.LastIndexOf((byte)'.') + 1)..];
        return IsScript(ending) && _seen.Add((ulong)Records.SymbolTable.HashOf(path) << 1 | 1);
    }

    private static bool IsScript(ReadOnlySpan<byte> ending) =>
        ending.SequenceEqual("jsp"u8) || ending.SequenceEqual("php"u8) || ending.SequenceEqual("asp"u8)
        || ending.SequenceEqual("cgi"u8) || ending.SequenceEqual("jspx"u8) || ending.SequenceEqual("aspx"u8)
        || ending.SequenceEqual("ashx"u8) || ending.SequenceEqual("asmx"u8) || ending.SequenceEqual("php5"u8)
        || ending.SequenceEqual("phtm"u8);
}
