using System.Buffers;

namespace WhoSaw.Intake.Routes;

/// <summary>Whether a path segment is the id of something, by its looks alone.</summary>
internal static class IdText
{
    private static readonly HashSet<string> StaticEndings = new(
        ("css js mjs map png jpg jpeg gif svg ico webp avif bmp woff woff2 ttf otf eot mp4 mp3 webm ogg pdf zip gz tgz "
            + "txt xml rss atom swf rb py sh c h tar bz2 deb rpm jar exe dmg iso").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789-_");

    public static bool IsId(string segment)
    {
        var digits = segment.Count(char.IsAsciiDigit);
        if (digits == segment.Length)
            return segment.Length is > 0 and <= 20;
        if (segment.Contains('@', StringComparison.Ordinal))
            return segment.IndexOf('@', StringComparison.Ordinal) > 0;
        if (Guid.TryParseExact(segment, "D", out _))
            return true;
        if (segment.Length >= 8 && digits > 0 && segment.All(char.IsAsciiHexDigit))
            return true;
        if (segment.Length >= 20 && digits >= 2 && segment.All(char.IsAsciiLetterOrDigit))
            return true;
        return IsNumbered(segment);
    }

    // a short prefix and a number: M1000007, ORD-20250411-0001
    private static bool IsNumbered(string segment)
    {
        var letters = segment.TakeWhile(char.IsAsciiLetter).Count();
        var rest = segment.AsSpan(letters).TrimStart("-_.");
        return letters is > 0 and <= 5 && rest.Length >= 4
            && rest.IndexOfAnyExcept(NumberLetters) < 0 && char.IsAsciiDigit(rest[0]);
    }

    public static bool IsStaticFile(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1 && StaticEndings.Contains(path[(dot + 1)..]);
    }
}
