using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// What stands after the time of a common log line: request, status, bytes, and whatever the server adds.
/// </summary>
internal static class ClfTail
{
    public static RejectReason Parse(ReadOnlySpan<byte> line, int at, LineFields fields)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
        if (at >= line.Length || line[at] != '"')
            return RejectReason.NoRequest;
        return ParseRequest(line, at + 1, fields);
    }

    /// <summary>Lines that begin with the time: <c>[time] client protocol cipher "request" bytes</c>.</summary>
    public static RejectReason ParseTransferLog(ReadOnlySpan<byte> line, int at, LineFields fields)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
        var quote = line[at..].IndexOf((byte)'"');
        if (quote < 0)
            return RejectReason.NoRequest;
        var client = line[at..].IndexOf((byte)' ');
        if (client > 0 && client < quote)
            ClientList.Set(fields, line, at, client);
        return ParseRequest(line, at + quote + 1, fields);
    }

    private static RejectReason ParseRequest(ReadOnlySpan<byte> line, int start, LineFields fields)
    {
        var escaped = false;
        var at = start;
        for (var attempt = 0; attempt < QuotedText.Attempts; attempt++)
        {
            var quote = QuotedText.NextQuote(line, at, ref escaped);
            if (quote < 0)
                break;
            at = quote + 1;
            // a later quote at the very end closes some other field of a line that does not read
            if (at == line.Length && attempt > 0 || !FollowsRequest(line, ref at, out var status, out var bytes))
            {
                at = quote + 1;
                continue;
            }
            RequestLine.Set(fields, line, start, quote - start, escaped);
            if (status >= 0)
                fields.Status = status;
            fields.Bytes = bytes;
            return ParseRest(line, at, fields);
        }
        return RejectReason.Malformed;
    }

    private static bool FollowsRequest(ReadOnlySpan<byte> line, ref int at, out int status, out long bytes)
    {
        var from = at;
        status = -1;
        bytes = -1;
        if (at == line.Length)
            return true;
        if (ClfFormat.TryNumbers(line, ref at, out status, out bytes) && (at == line.Length || line[at] == ' '))
            return true;
        // one number: what Apache's TransferLog for TLS ends with is bytes; three digits alone are a status
        at = line.Length;
        var rest = line[(from + 1)..].TrimEnd((byte)' ');
        status = -1;
        bytes = -1;
        if (line[from] != ' ' || rest.Length == 1 && rest[0] == '-')
            return line[from] == ' ';
        return DecimalText.TryInteger(rest, out bytes);
    }

    private static RejectReason ParseRest(ReadOnlySpan<byte> line, int at, LineFields fields)
    {
        // numbers between bytes and referrer: times and sizes of which nothing says what they are
        while (at + 1 < line.Length && line[at] == ' ' && (uint)(line[at + 1] - '0') <= 9)
        {
            var next = line[(at + 1)..].IndexOf((byte)' ');
            if (next < 0)
                return RejectReason.None;
            at += 1 + next;
        }
        if (TryQuoted(line, ref at, false, fields, LineField.Referrer)
            && TryQuoted(line, ref at, true, fields, LineField.Agent))
            ParseExtras(line, at, fields);
        // A quote that opens and never closes: the line was cut off.
        return at + 1 < line.Length && line[at] == ' ' && line[at + 1] == '"' && line[(at + 2)..].IndexOf((byte)'"') < 0
            ? RejectReason.Malformed
            : RejectReason.None;
    }

    private static bool TryQuoted(
        ReadOnlySpan<byte> line, ref int at, bool last, LineFields fields, LineField field)
    {
        if (at + 1 >= line.Length || line[at] != ' ')
            return false;
        if (line[at + 1] == '-' && (at + 2 == line.Length || line[at + 2] == ' '))
        {
            at += 2;
            return true;
        }
        if (line[at + 1] != '"')
            return false;
        var start = at + 2;
        var escaped = false;
        var quote = ClosingQuote(line, start, last, ref escaped);
        if (quote < 0)
            return false;
        QuotedText.Set(fields, field, line, start, quote - start, escaped);
        at = quote + 1;
        return true;
    }

    /// <summary>
    /// The first unescaped quote behind which the rest reads as fields; the line's last quote when none does.
    /// </summary>
    private static int ClosingQuote(ReadOnlySpan<byte> line, int start, bool last, ref bool escaped)
    {
        var at = start;
        for (var attempt = 0; attempt < QuotedText.Attempts; attempt++)
        {
            var quote = QuotedText.NextQuote(line, at, ref escaped);
            if (quote < 0)
                break;
            at = quote + 1;
            if (at == line.Length)
                return quote;
            if (line[at] != ' ' || at + 1 >= line.Length)
                continue;
            if (last ? ReadsAsFields(line[(at + 1)..]) : line[at + 1] is (byte)'"' or (byte)'-')
                return quote;
        }
        var final = line.LastIndexOf((byte)'"');
        return final >= start ? final : -1;
    }

    /// <summary>Whether every quote of the text stands at the border of a field.</summary>
    private static bool ReadsAsFields(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '"')
            {
                var escaped = false;
                var close = QuotedText.NextQuote(text, at + 1, ref escaped);
                if (close < 0 || close + 1 < text.Length && text[close + 1] != ' ')
                    return false;
                at = close + 2;
                continue;
            }
            var end = text[at..].IndexOf((byte)' ');
            end = end < 0 ? text.Length : at + end;
            if (text[at..end].IndexOf((byte)'"') >= 0)
                return false;
            at = end + 1;
        }
        return true;
    }

    /// <summary>
    /// nginx adds the forwarded addresses, the ingress times and a request id, Traefik a duration at the end.
    /// </summary>
    private static void ParseExtras(ReadOnlySpan<byte> line, int at, LineFields fields)
    {
        if (at + 2 >= line.Length)
            return;
        if (line[at + 1] == '"')
        {
            var length = line[(at + 2)..].IndexOf((byte)'"');
            if (length <= 0)
                return;
            var (from, size) = ClientList.Choose(line.Slice(at + 2, length));
            if (size > 0 && AddressText.IsAddress(line.Slice(at + 2 + from, size)))
                fields.SetSlice(LineField.Forwarded, at + 2, length);
            return;
        }
        var last = line.LastIndexOf((byte)' ') + 1;
        var word = line[last..];
        if (word.Length == 32 && QuotedText.IsHex(word))
            fields.SetSlice(LineField.Request, last, 32);
        if (word.EndsWith("ms"u8))
        {
            if (DecimalText.TryDuration(word, 0, out var traefik))
                fields.Duration = traefik;
            return;
        }
        var second = line[(at + 1)..].IndexOf((byte)' ');
        if (second < 0)
            return;
        second += at + 2;
        var size2 = line[second..].IndexOf((byte)' ');
        if (size2 > 0 && line.Slice(second, size2).IndexOf((byte)'.') > 0
            && DecimalText.TryDuration(line.Slice(second, size2), 1_000_000_000, out var ingress))
            fields.Duration = ingress;
    }
}
