namespace WhoSaw.Intake.Formats;

/// <summary>
/// Server access logs of S3: <c>owner bucket [time] client requester request-id operation key "request" status error
/// bytes …</c>. Where no request line was logged (batch deletes, lifecycle), operation and key stand for it.
/// </summary>
internal sealed class S3Format(TimeZoneInfo zone) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private readonly LineTokens _tokens = new();

    public override string Name => "aws-s3";

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        var open = line.IndexOf(" ["u8);
        var close = open < 0 ? -1 : line[open..].IndexOf((byte)']');
        if (close < 0)
            return RejectReason.NoTime;
        if (!_times.TryAny(line.Slice(open + 2, close - 2), out var time))
            return RejectReason.BadTime;
        fields.SetTime(time);
        var bucket = line[..open].LastIndexOf((byte)' ') + 1;
        _tokens.Split(line, open + close + 1);
        // client requester request-id operation key "request" status error bytes size total turnaround "referrer"
        // "agent"
        if (_tokens.Count < 9)
            return RejectReason.Malformed;
        _tokens.Set(fields, LineField.Client, line, 0);
        _tokens.Set(fields, LineField.Principal, line, 1);
        _tokens.Set(fields, LineField.Request, line, 2);
        var status = _tokens.Text(line, 6);
        if (DecimalText.TryInteger(status, out var code) && code <= 999)
            fields.Status = (int)code;
        else if (!status.SequenceEqual("-"u8))
            return RejectReason.BadNumber;
        if (DecimalText.TryInteger(_tokens.Text(line, 8), out var bytes))
            fields.Bytes = bytes;
        if (DecimalText.TryDuration(_tokens.Text(line, 10), 1_000_000, out var duration))
            fields.Duration = duration;
        _tokens.Set(fields, LineField.Referrer, line, 12);
        _tokens.Set(fields, LineField.Agent, line, 13);
        SetObject(line, bucket, open - bucket, fields);
        if (!_tokens.Text(line, 5).SequenceEqual("-"u8))
            RequestLine.Set(fields, line, _tokens.Start(5), _tokens.Length(5), _tokens.Escaped(5));
        if (!fields.Has(LineField.Method))
            SetFromOperation(line, fields);
        return RejectReason.None;
    }

    private void SetObject(ReadOnlySpan<byte> line, int bucket, int length, LineFields fields)
    {
        var key = _tokens.Text(line, 4);
        if (key.SequenceEqual("-"u8))
        {
            fields.SetSlice(LineField.Object, bucket, length);
            return;
        }
        var room = fields.Reserve(length + 1 + key.Length);
        line.Slice(bucket, length).CopyTo(room);
        room[length] = (byte)'/';
        key.CopyTo(room[(length + 1)..]);
        fields.Commit(LineField.Object, length + 1 + key.Length);
    }

    /// <summary><c>REST.GET.OBJECT</c>: the middle is the method.</summary>
    private void SetFromOperation(ReadOnlySpan<byte> line, LineFields fields)
    {
        var operation = _tokens.Text(line, 3);
        var start = operation.IndexOf((byte)'.') + 1;
        var length = operation[start..].IndexOf((byte)'.');
        if (start <= 0 || length <= 0)
            return;
        fields.SetSlice(LineField.Method, _tokens.Start(3) + start, length);
        var name = fields.Get(LineField.Object, line);
        var room = fields.Reserve(name.Length + 1);
        name = fields.Get(LineField.Object, line);
        room[0] = (byte)'/';
        name.CopyTo(room[1..]);
        fields.Commit(LineField.Target, name.Length + 1);
    }
}
