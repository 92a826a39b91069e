using WhoSaw.Intake.Formats;

namespace WhoSaw.Intake.Sightings;

/// <summary>
/// In what part of a line something stands: the field, of a request also the path's shape and the parameter. Made so
/// that it never holds what was found, nor anything else that a person wrote.
/// </summary>
internal static class SightingPlace
{
    public const int LongestLength = PathShape.LongestLength + 64;
    private const int LongestName = 32;

    /// <param name="fields">Of the line when it parsed; null when it did not.</param>
    /// <param name="at">Where in the line it stands.</param>
    /// <param name="isAgent">The software names itself, and with it often its maker's address.</param>
    public static int Write(
        ReadOnlySpan<byte> line, int at, LineFields? fields, Span<byte> to, out bool isAgent)
    {
        isAgent = false;
        if (fields is null)
            return Copy("a line that did not parse"u8, to);
        if (fields.FieldAt(at, out var start, out var length) is { } field)
        {
            isAgent = field == LineField.Agent;
            return field is LineField.Target or LineField.Referrer or LineField.Query or LineField.Stem
                ? Request(NameOf(field), line.Slice(start, length), at - start, to)
                : Copy(NameOf(field), to);
        }
        if (KeyBefore(line[..at]) is { IsEmpty: false } key)
        {
            isAgent = key.IndexOf("agent"u8) >= 0 || key.SequenceEqual("ua"u8);
            var isRequest = IsRequest(key);
            var written = Copy("key "u8, to);
            written += Copy(key, to[written..]);
            if (!isRequest)
                return written;
            var quote = line[..at].LastIndexOf((byte)'"') + 1;
            var end = line[at..].IndexOf((byte)'"');
            return Request(to[..written], line[quote..(end < 0 ? line.Length : at + end)], at - quote, to);
        }
        return Copy("the line's other text"u8, to);
    }

    private static bool IsRequest(ReadOnlySpan<byte> key) =>
        key.IndexOf("uri"u8) >= 0 || key.IndexOf("url"u8) >= 0 || key.IndexOf("path"u8) >= 0
        || key.SequenceEqual("target"u8) || key.IndexOf("refer"u8) >= 0;

    private static int Request(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target, int at, Span<byte> to)
    {
        var written = Copy(name, to);
        to[written++] = (byte)' ';
        written += PathShape.Write(target, to[written..]);
        var asked = target[..Math.Min(at, target.Length)].IndexOf((byte)'?');
        if (asked < 0)
            return written;
        to[written++] = (byte)'?';
        var before = target[(asked + 1)..at];
        var parameter = before[(before.LastIndexOfAny("&;"u8) + 1)..];
        var equals = parameter.IndexOf((byte)'=');
        return written + Copy(equals > 0 && IsName(parameter[..equals]) ? parameter[..equals] : "*"u8, to[written..]);
    }

    /// <summary>The JSON key whose value is being written where the text ends; empty when there is none.</summary>
    private static ReadOnlySpan<byte> KeyBefore(ReadOnlySpan<byte> text)
    {
        var colon = text.LastIndexOf("\":"u8);
        if (colon <= 0)
            return default;
        var key = text[..colon];
        key = key[(key.LastIndexOf((byte)'"') + 1)..];
        return IsName(key) ? key : default;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        var digits = 0;
        foreach (var c in name)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
                digits++;
            else if (!PersonalTextFinder.IsLetterOrDigit(c) && c is not ((byte)'_' or (byte)'-' or (byte)'.')
                || c >= 0x80)
                return false;
        }
        return name.Length is > 0 and <= LongestName && digits <= 3;
    }

    private static ReadOnlySpan<byte> NameOf(LineField field) => field switch
    {
        LineField.Target or LineField.Query or LineField.Stem => "target"u8,
        LineField.Referrer => "referrer"u8,
        LineField.Client => "client"u8,
        LineField.Forwarded => "forwarded"u8,
        LineField.Agent => "agent"u8,
        LineField.User => "user"u8,
        LineField.Account => "account"u8,
        LineField.Principal => "principal"u8,
        LineField.Credential => "credential"u8,
        LineField.Token => "token"u8,
        LineField.Statement => "statement"u8,
        LineField.Parameters => "parameters"u8,
        LineField.Object => "object"u8,
        LineField.Request => "request"u8,
        LineField.Session => "session"u8,
        _ => "another field"u8,
    };

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
