namespace WhoSaw.Intake.Formats;

/// <summary>
/// Access logs of AWS load balancers: application (begins with a type such as <c>https</c>), classic (begins with the
/// time) and the TLS log of network ones. The target is given without scheme and host, as the routes want it.
/// </summary>
internal sealed class ElbFormat(TimeZoneInfo zone) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private readonly LineTokens _tokens = new();

    public override string Name => "aws-elb";

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        _tokens.Split(line, 0);
        if (_tokens.Count < 6)
            return RejectReason.Malformed;
        if (_tokens.Text(line, 0).SequenceEqual("tls"u8))
            return ParseNetwork(line, fields);
        var time = line[0] is >= (byte)'0' and <= (byte)'9' ? 0 : 1;
        if (!_times.TryIso(_tokens.Text(line, time), out var moment))
            return time == 0 ? RejectReason.BadTime : RejectReason.NoTime;
        fields.SetTime(moment);
        // time name client target request-time target-time response-time status target-status received sent "request"
        // "agent"
        if (_tokens.Count < time + 12)
            return RejectReason.Malformed;
        SetClient(line, time + 2, fields);
        SetDuration(line, time + 4, fields);
        var status = _tokens.Text(line, time + 7);
        if (DecimalText.TryInteger(status, out var code) && code <= 999)
            fields.Status = (int)code;
        else if (!status.SequenceEqual("-"u8))
            return RejectReason.BadNumber;
        if (DecimalText.TryInteger(_tokens.Text(line, time + 10), out var bytes))
            fields.Bytes = bytes;
        SetRequest(line, time + 11, fields);
        _tokens.Set(fields, LineField.Agent, line, time + 12);
        if (time == 1)
            _tokens.Set(fields, LineField.Request, line, 17);
        return RejectReason.None;
    }

    private RejectReason ParseNetwork(ReadOnlySpan<byte> line, LineFields fields)
    {
        // tls version time elb listener client destination connection-time handshake-time received sent
        if (!_times.TryIso(_tokens.Text(line, 2), out var moment))
            return RejectReason.BadTime;
        if (_tokens.Count < 11)
            return RejectReason.Malformed;
        fields.SetTime(moment);
        SetClient(line, 5, fields);
        if (DecimalText.TryDuration(_tokens.Text(line, 7), 1_000_000, out var duration))
            fields.Duration = duration;
        if (DecimalText.TryInteger(_tokens.Text(line, 10), out var bytes))
            fields.Bytes = bytes;
        return RejectReason.None;
    }

    private void SetClient(ReadOnlySpan<byte> line, int token, LineFields fields)
    {
        if (!_tokens.Text(line, token).StartsWith("-"u8))
            _tokens.Set(fields, LineField.Client, line, token);
    }

    private void SetDuration(ReadOnlySpan<byte> line, int token, LineFields fields)
    {
        var sum = 0L;
        for (var part = token; part < token + 3; part++)
        {
            if (!DecimalText.TryDuration(_tokens.Text(line, part), 1_000_000_000, out var duration))
                return;
            sum += duration;
        }
        fields.Duration = sum;
    }

    private void SetRequest(ReadOnlySpan<byte> line, int token, LineFields fields)
    {
        var request = _tokens.Text(line, token);
        // "- http://host:80- -": a request that never came
        if (request.Length == 0 || request[0] == '-')
            return;
        RequestLine.Set(fields, line, _tokens.Start(token), _tokens.Length(token), _tokens.Escaped(token));
        var target = fields.Get(LineField.Target, line);
        var path = RequestLine.PathStart(target);
        if (path > 0)
            fields.SetText(LineField.Target, target[path..]);
        else if (target.IndexOf("://"u8) is > 0 and < 10)
            fields.SetText(LineField.Target, "/"u8);
    }
}
