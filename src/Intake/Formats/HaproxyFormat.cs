namespace WhoSaw.Intake.Formats;

/// <summary>
/// HAProxy's HTTP and TCP logs, with or without a syslog header, with captured headers anywhere, and its error lines.
/// HAProxy writes its accept time without an offset: the zone configured for the source applies.
/// </summary>
internal sealed class HaproxyFormat(TimeZoneInfo zone) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private BracketedTime.Reads? _reads;
    private readonly LineTokens _tokens = new();

    public override string Name => "haproxy";

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        var open = BracketedTime.Find(
            line, 20, static (_, third) => third == '/', _reads ??= _times.TryClf, out var after, out var time);
        if (open < 0)
            return WithoutTime(line, fields, after);
        fields.SetTime(time);
        after++;
        SetClient(line, open, fields);
        var quote = line[after..].IndexOf((byte)'"');
        var head = quote < 0 ? line : line[..(after + quote)];
        _tokens.Split(head, after);
        var timers = FindTimers(head, out var slashes);
        if (timers >= 0 && !SetSizes(head, timers, slashes, fields))
            return RejectReason.BadNumber;
        if (quote < 0)
            return timers >= 0 || _tokens.Count > 0 ? RejectReason.None : RejectReason.Malformed;
        var start = after + quote + 1;
        // a long request is cut off, and its closing quote with it
        var end = line.LastIndexOf((byte)'"');
        if (end < start)
            end = line.Length;
        if (line[start..end].StartsWith("<BADREQ>"u8))
            return RejectReason.None;
        RequestLine.Set(fields, line, start, end - start, false);
        return RejectReason.None;
    }

    /// <summary>
    /// The word before the time: <c>address:port</c>; the address may be <c>-</c> or hold colons itself.
    /// </summary>
    private static void SetClient(ReadOnlySpan<byte> line, int open, LineFields fields)
    {
        var end = open;
        while (end > 0 && line[end - 1] == ' ')
            end--;
        var start = line[..end].LastIndexOf((byte)' ') + 1;
        var colon = line[start..end].LastIndexOf((byte)':');
        if (colon >= 0)
            end = start + colon;
        QuotedText.Set(fields, LineField.Client, line, start, end - start, false);
    }

    /// <summary>
    /// Three timers or five between slashes, perhaps -1 or +n, but no server's name: <c>0/0/1/0/2</c>.
    /// </summary>
    private int FindTimers(ReadOnlySpan<byte> head, out int slashes)
    {
        slashes = 0;
        for (var token = 0; token < _tokens.Count; token++)
        {
            var text = _tokens.Text(head, token);
            slashes = 0;
            foreach (var letter in text)
            {
                if (letter == '/')
                    slashes++;
                else if (letter is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+'))
                    slashes = -1000;
            }
            if (slashes is 2 or 4)
                return token;
        }
        return -1;
    }

    private bool SetSizes(ReadOnlySpan<byte> head, int timers, int slashes, LineFields fields)
    {
        var text = _tokens.Text(head, timers);
        var total = text[(text.LastIndexOf((byte)'/') + 1)..].TrimStart((byte)'+');
        if (DecimalText.TryDuration(total, 1_000_000, out var duration))
            fields.Duration = duration;
        var bytes = timers + 1;
        if (slashes == 4)
        {
            var status = _tokens.Text(head, timers + 1);
            if (DecimalText.TryInteger(status, out var code) && code <= 999)
                fields.Status = (int)code;
            else if (!status.StartsWith("-"u8))
                return false;
            bytes++;
        }
        if (DecimalText.TryInteger(_tokens.Text(head, bytes).TrimStart((byte)'+'), out var size))
            fields.Bytes = size;
        return true;
    }

    /// <summary>
    /// <c>Connect from 192.0.2.1:40780 to …</c> has only the time of syslog, which lacks the
    /// year: not a record, but the client is read.
    /// </summary>
    private static RejectReason WithoutTime(ReadOnlySpan<byte> line, LineFields fields, int after)
    {
        if (after == BracketedTime.Unreadable)
            return RejectReason.BadTime;
        var from = line.IndexOf("Connect from "u8);
        if (from < 0)
            return RejectReason.NoTime;
        var start = from + "Connect from ".Length;
        var length = line[start..].IndexOf((byte)' ');
        length = length < 0 ? line.Length - start : length;
        QuotedText.Set(fields, LineField.Client, line, start, length, false);
        return RejectReason.NoTime;
    }
}
