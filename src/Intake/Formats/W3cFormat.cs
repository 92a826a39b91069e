namespace WhoSaw.Intake.Formats;

/// <summary>
/// W3C extended logs of IIS (spaces, + for a space in agents) and CloudFront (tabs, percent-encoded agents). The
/// columns are those of the <c>#Fields:</c> line in force; without one CloudFront's standard columns hold, and IIS's
/// usual layouts are recognised from each line. The target is the stem and, where there is one, ? and the query; the
/// stem stays apart too.
/// </summary>
internal sealed class W3cFormat(string name, bool cloudFront, TimeZoneInfo zone) : LineFormat
{
    private static ReadOnlySpan<byte> CloudFrontFields =>
        "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "u8
        + "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol "u8
        + "cs-bytes time-taken x-forwarded-for"u8;

    private readonly TimeParser _times = new(zone);
    private readonly LineTokens _tokens = new();
    private readonly List<W3cColumn> _columns = [];

    public override string Name => name;

    public override ReadOnlySpan<byte> DirectivePrefix => "#Fields:"u8;

    public override void BeginBlock(ReadOnlySpan<byte> directive)
    {
        if (!W3cColumns.TryRead(directive, cloudFront, _columns) && cloudFront)
            W3cColumns.TryRead(CloudFrontFields, cloudFront, _columns);
    }

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (line.Length > 0 && line[0] == '#')
        {
            if (line.StartsWith(DirectivePrefix))
                BeginBlock(line);
            return RejectReason.Directive;
        }
        if (cloudFront && _columns.Count == 0)
            BeginBlock(default);
        _tokens.SplitExactly(line, line.IndexOf((byte)'\t') >= 0 ? (byte)'\t' : (byte)' ');
        var count = _tokens.Count;
        while (count > 0 && _tokens.Length(count - 1) == 0)
            count--;
        if (_columns.Count == 0)
            return IisLayout.TryFind(line, _tokens, count, _columns)
                ? ReadAndForget(line, fields)
                : RejectReason.Malformed;
        // newer CloudFront adds columns at the end; a line that lacks some is cut off
        if (cloudFront ? count < Math.Min(_columns.Count, 11) : count != _columns.Count)
            return RejectReason.Malformed;
        return Read(line, fields);
    }

    private RejectReason ReadAndForget(ReadOnlySpan<byte> line, LineFields fields)
    {
        var reason = Read(line, fields);
        _columns.Clear();
        return reason;
    }

    private RejectReason Read(ReadOnlySpan<byte> line, LineFields fields)
    {
        int date = -1, clock = -1;
        for (var column = 0; column < Math.Min(_columns.Count, _tokens.Count); column++)
        {
            switch (_columns[column])
            {
                case W3cColumn.Date:
                    date = column;
                    break;
                case W3cColumn.Time:
                    clock = column;
                    break;
                default:
                    if (!TrySet(line, column, fields))
                        return RejectReason.BadNumber;
                    break;
            }
        }
        if (date >= 0 && clock >= 0)
        {
            if (!_times.TryDateAndTime(_tokens.Text(line, date), _tokens.Text(line, clock), out var time))
                return RejectReason.BadTime;
            fields.SetTime(time);
        }
        if (!fields.HasTime)
            return RejectReason.NoTime;
        if (fields.Has(LineField.Query))
            JsonCompletion.JoinQuery(line, fields);
        else if (fields.Has(LineField.Target) && _columns.Contains(W3cColumn.Stem))
            fields.SetText(LineField.Stem, fields.Get(LineField.Target, line));
        return RejectReason.None;
    }

    private bool TrySet(ReadOnlySpan<byte> line, int token, LineFields fields)
    {
        var text = _tokens.Text(line, token);
        switch (_columns[token])
        {
            case W3cColumn.Timestamp:
                if (_times.TryAny(text, out var time))
                    fields.SetTime(time);
                return true;
            case W3cColumn.Status:
                if (!TryNumber(text, out var status) || status > 999)
                    return false;
                if (status >= 0)
                    fields.Status = (int)status;
                return true;
            case W3cColumn.Bytes:
                if (!TryNumber(text, out var bytes))
                    return false;
                fields.Bytes = bytes;
                return true;
            case W3cColumn.Milliseconds or W3cColumn.Seconds:
                var unit = _columns[token] == W3cColumn.Seconds ? 1_000_000_000 : 1_000_000;
                if (DecimalText.TryDuration(text, unit, out var duration))
                    fields.Duration = duration;
                return true;
            case W3cColumn.Agent:
                SetAgent(line, token, fields);
                return true;
            case W3cColumn.Skip:
                return true;
            default:
                _tokens.Set(fields, Field(_columns[token]), line, token);
                return true;
        }
    }

    private static LineField Field(W3cColumn column) => column switch
    {
        W3cColumn.Client => LineField.Client,
        W3cColumn.Forwarded => LineField.Forwarded,
        W3cColumn.Method => LineField.Method,
        W3cColumn.Query => LineField.Query,
        W3cColumn.Referrer => LineField.Referrer,
        W3cColumn.User => LineField.User,
        W3cColumn.Request => LineField.Request,
        _ => LineField.Target,
    };

    private static bool TryNumber(ReadOnlySpan<byte> text, out long value)
    {
        value = -1;
        return text.SequenceEqual("-"u8) || DecimalText.TryInteger(text, out value);
    }

    private void SetAgent(ReadOnlySpan<byte> line, int token, LineFields fields)
    {
        _tokens.Set(fields, LineField.Agent, line, token);
        if (cloudFront)
        {
            JsonCompletion.UndoPercent(line, fields, LineField.Agent);
            return;
        }
        var text = fields.Get(LineField.Agent, line);
        if (text.IndexOf((byte)'+') < 0)
            return;
        var room = fields.Reserve(text.Length);
        text = fields.Get(LineField.Agent, line);
        text.Replace(room, (byte)'+', (byte)' ');
        fields.Commit(LineField.Agent, text.Length);
    }
}
