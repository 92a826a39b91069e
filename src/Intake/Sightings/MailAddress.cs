using WhoSaw.Intake.Routes;
using WhoSaw.Records;

namespace WhoSaw.Intake.Sightings;

/// <summary>An e-mail address around its sign, which a URL may write <c>%40</c>.</summary>
internal static class MailAddress
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 190;

    // icon@2x.png and the like are names of files
    private static readonly SegmentTable Endings = new([.. new[]
    {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "css", "js", "mjs", "cjs", "ts", "tsx", "jsx",
        "json", "map", "html", "htm", "xml", "txt", "md", "pdf", "zip", "gz", "tgz", "tar", "woff", "ttf", "eot", "php",
        "jsp", "asp", "aspx", "mp", "wasm", "yaml", "yml", "csv", "log", "local", "internal", "localdomain",
    }.Select(ending => (System.Text.Encoding.ASCII.GetBytes(ending), 0))]);

    public static PersonalText? At(ReadOnlySpan<byte> text, int at)
    {
        var sign = 1;
        if (text[at] == '%')
        {
            if (!text[at..].StartsWith("%40"u8))
                return null;
            sign = 3;
        }
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1]))
            start--;
        while (start < at && !PersonalTextFinder.IsLetterOrDigit(text[start]))
            start++;
        var end = DomainEnd(text, at + sign);
        if (start == at || end < 0 || start > 0 && PersonalTextFinder.IsLetterOrDigit(text[start - 1]))
            return null;
        return new PersonalText(start, end - start, SightingKind.Email, true);
    }

    /// <summary>Where a domain of two labels and more ends; -1 when there is none.</summary>
    private static int DomainEnd(ReadOnlySpan<byte> text, int at)
    {
        var (end, dot) = (at, -1);
        while (end < text.Length && end - at < LongestDomain)
        {
            if (text[end] == '.')
            {
                if (end == at || text[end - 1] is (byte)'.' or (byte)'-')
                    break;
                dot = end;
            }
            else if (!IsDomain(text[end]))
                break;
            end++;
        }
        while (end > at && text[end - 1] is (byte)'.' or (byte)'-')
            end--;
        if (dot >= end)
            dot = text[at..end].LastIndexOf((byte)'.') is >= 0 and var last ? at + last : -1;
        if (dot <= at)
            return -1;
        var ending = text[(dot + 1)..end];
        return ending.Length is >= 2 and <= 24 && ending.IndexOfAnyExceptInRange((byte)'A', (byte)'z') < 0
            && Endings.Find(ending) < 0 ? end : -1;
    }

    private static bool IsLocal(byte c) =>
        c < 0x80 && PersonalTextFinder.IsLetterOrDigit(c) || c is (byte)'.' or (byte)'_' or (byte)'+' or (byte)'-';

    private static bool IsDomain(byte c) => c < 0x80 && PersonalTextFinder.IsLetterOrDigit(c) || c == '-';
}
