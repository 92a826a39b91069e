namespace WhoSaw.Intake.Formats;

/// <summary>
/// The family of the common log format, by the line's own look: with or without a virtual host before the client, a
/// list of forwarded addresses, referrer and agent, further fields behind (nginx ingress, Traefik), or JSON. The plain
/// combined line has a path of its own, for speed.
/// </summary>
internal sealed class ClfFormat(string name, TimeZoneInfo zone, JsonLineReader? json) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private BracketedTime.Reads? _reads;

    public override string Name => name;

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (TryCombined(line, fields))
            return RejectReason.None;
        if (line.Length > 0 && line[0] == '{' && json is not null)
            return json.Read(line, fields);
        if (line.Length > 0 && line[0] == '#')
            return RejectReason.Directive;
        return ParseLoosely(line, fields);
    }

    private bool TryCombined(ReadOnlySpan<byte> line, LineFields fields)
    {
        var client = line.IndexOf((byte)' ');
        if (client < 1 || line.Length < client + 46)
            return false;
        var rest = line[client..];
        int user = 1;
        if (rest[1] != '-' || rest[2] != ' ')
            return false;
        if (rest[3] != '-' || rest[4] != ' ')
        {
            user = rest[3..].IndexOf((byte)' ');
            if (user < 1 || rest.Length < user + 46 || rest[3] is (byte)'[' or (byte)'"')
                return false;
        }
        var at = client + 4 + user;
        if (line[at] != '[' || line[at + 27] != ']' || line[at + 28] != ' ' || line[at + 29] != '"')
            return false;
        if (!_times.TryClf(line.Slice(at + 1, 26), out var time))
            return false;
        var request = at + 30;
        var length = line[request..].IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0 || line[request + length] != '"')
            return false;
        at = request + length + 1;
        if (!TryNumbers(line, ref at, out var status, out var bytes))
            return false;
        var referrer = at + 2;
        if (at + 2 >= line.Length || line[at] != ' ' || line[at + 1] != '"')
            return false;
        var referrerLength = line[referrer..].IndexOfAny((byte)'"', (byte)'\\');
        var agent = referrer + referrerLength + 3;
        if (referrerLength < 0 || agent >= line.Length || line[agent - 3] != '"' || line[agent - 2] != ' '
            || line[agent - 1] != '"')
            return false;
        var agentLength = line[agent..].IndexOfAny((byte)'"', (byte)'\\');
        if (agentLength < 0 || agent + agentLength + 1 != line.Length || line[^1] != '"')
            return false;
        if (line[..client].IndexOf((byte)',') >= 0 || line[0] == '"')
            return false;
        fields.SetTime(time);
        if (status >= 0)
            fields.Status = status;
        fields.Bytes = bytes;
        if (client != 1 || line[0] != '-')
            fields.SetSlice(LineField.Client, 0, client);
        QuotedText.Set(fields, LineField.User, line, client + 3, user, false);
        RequestLine.Set(fields, line, request, length, false);
        QuotedText.Set(fields, LineField.Referrer, line, referrer, referrerLength, false);
        QuotedText.Set(fields, LineField.Agent, line, agent, agentLength, false);
        return true;
    }

    /// <summary>A space, status, a space, bytes; either of them <c>-</c> (-1).</summary>
    public static bool TryNumbers(ReadOnlySpan<byte> line, ref int at, out int status, out long bytes)
    {
        bytes = -1;
        status = -1;
        if (at + 3 >= line.Length || line[at] != ' ')
            return false;
        if (line[at + 1] == '-' && line[at + 2] == ' ')
        {
            at += 2;
        }
        else
        {
            var high = line[at + 1] - '0';
            status = high * 100 + CivilTime.Two(line, at + 2);
            if ((uint)high > 9 || CivilTime.Two(line, at + 2) < 0)
                return false;
            at += 4;
        }
        if (at + 1 >= line.Length || line[at] != ' ')
            return false;
        at++;
        if (line[at] == '-')
        {
            at++;
            return true;
        }
        var from = at;
        var value = 0L;
        for (; at < line.Length && (uint)(line[at] - '0') <= 9 && at - from < 18; at++)
            value = value * 10 + (line[at] - '0');
        bytes = value;
        return at > from;
    }

    private RejectReason ParseLoosely(ReadOnlySpan<byte> line, LineFields fields)
    {
        var bracket = BracketedTime.Find(
            line, 16, static (first, _) => (uint)(first - '0') <= 9, _reads ??= _times.TryAny, out var end,
            out var time);
        if (bracket < 0)
            return end == BracketedTime.None ? RejectReason.NoTime : RejectReason.BadTime;
        fields.SetTime(time);
        var after = end + 1;
        if (bracket == 0)
            return ClfTail.ParseTransferLog(line, after, fields);
        ClfPrefix.Parse(line, bracket, fields);
        return ClfTail.Parse(line, after, fields);
    }
}
