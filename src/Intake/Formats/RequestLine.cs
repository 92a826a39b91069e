using System.Buffers;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Takes <c>GET /path?query HTTP/1.1</c> apart. What is no request (TLS bytes, a single word, nothing) sets neither
/// method nor target; the record stands without them.
/// </summary>
internal static class RequestLine
{
    private const int LongestMethod = 32;
    private static readonly SearchValues<byte> MethodLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"u8);

    /// <summary>Sets method and target from a slice of the line.</summary>
    public static void Set(LineFields fields, ReadOnlySpan<byte> line, int start, int length, bool escaped)
    {
        var request = line.Slice(start, length);
        if (!TrySplit(request, out var method, out var target, out var targetLength))
            return;
        fields.SetSlice(LineField.Method, start, method);
        if (targetLength > 0)
            QuotedText.Set(fields, LineField.Target, line, start + target, targetLength, escaped);
    }

    /// <summary>The same from a text that is not in the line.</summary>
    public static bool SetText(LineFields fields, ReadOnlySpan<byte> request)
    {
        if (!TrySplit(request, out var method, out var target, out var targetLength))
            return false;
        fields.SetText(LineField.Method, request[..method]);
        if (targetLength > 0)
            fields.SetText(LineField.Target, request.Slice(target, targetLength));
        return true;
    }

    /// <summary>
    /// Where the target's path begins if it is absolute (<c>http://host:80/path</c>); 0 where it is not.
    /// </summary>
    public static int PathStart(ReadOnlySpan<byte> target)
    {
        var scheme = target.IndexOf("://"u8);
        if (scheme is < 1 or > 10)
            return 0;
        var path = target[(scheme + 3)..].IndexOf((byte)'/');
        return path < 0 ? 0 : scheme + 3 + path;
    }

    public static bool TrySplit(ReadOnlySpan<byte> request, out int method, out int target, out int targetLength)
    {
        method = request.IndexOf((byte)' ');
        target = method + 1;
        targetLength = 0;
        if (method < 0)
        {
            // a method alone; anything else in one word is garbage
            method = request.Length;
            return method is >= 3 and <= LongestMethod && request.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;
        }
        if (method is 0 or > LongestMethod || !char.IsAsciiLetter((char)request[0])
            || request[..method].IndexOfAnyExcept(MethodLetters) >= 0)
            return false;
        targetLength = WithoutProtocol(request[target..]);
        return true;
    }

    /// <summary>
    /// How much of the text stands before <c> HTTP/1.1</c>; all of it when there is no protocol (HTTP/0.9).
    /// </summary>
    private static int WithoutProtocol(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        if (length > 9 && text[length - 9] == ' ' && text[length - 8] == 'H'
            && text[(length - 7)..].StartsWith("TTP/"u8))
            return length - 9;
        var space = text.LastIndexOf((byte)' ');
        return space >= 0 && text[(space + 1)..].StartsWith("HTTP/"u8) ? space : length;
    }
}
