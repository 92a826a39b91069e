using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Envoy's default text format, Istio's, and JSON with the names of Envoy's operators. The default text format holds no
/// peer address: the client is then taken from the forwarded addresses.
/// </summary>
internal sealed class EnvoyFormat(TimeZoneInfo zone, JsonLineReader json) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private readonly LineTokens _tokens = new();

    public override string Name => "envoy";

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (line.Length > 0 && line[0] == '{')
            return json.Read(line, fields);
        var open = line.IndexOf((byte)'[');
        var close = open < 0 ? -1 : line[open..].IndexOf((byte)']');
        if (close < 0)
            return RejectReason.NoTime;
        if (!_times.TryAny(line.Slice(open + 1, close - 1), out var time))
            return RejectReason.BadTime;
        fields.SetTime(time);
        _tokens.Split(line, open + close + 1);
        if (_tokens.Count < 8 || !_tokens.IsQuoted(0))
            return RejectReason.NoRequest;
        RequestLine.Set(fields, line, _tokens.Start(0), _tokens.Length(0), _tokens.Escaped(0));
        if (!DecimalText.TryInteger(_tokens.Text(line, 1), out var status) || status > 999)
            return RejectReason.BadNumber;
        fields.Status = (int)status;
        // default: flags received sent duration upstream "forwarded"; Istio puts details, termination and "reason"
        // first
        var sizes = DecimalText.TryInteger(_tokens.Text(line, 3), out _) ? 3 : 6;
        if (_tokens.Count < sizes + 5)
            return RejectReason.Malformed;
        if (DecimalText.TryInteger(_tokens.Text(line, sizes + 1), out var sent))
            fields.Bytes = sent;
        if (DecimalText.TryDuration(_tokens.Text(line, sizes + 2), 1_000_000, out var duration))
            fields.Duration = duration;
        var forwarded = sizes + 4;
        _tokens.Set(fields, LineField.Agent, line, forwarded + 1);
        _tokens.Set(fields, LineField.Request, line, forwarded + 2);
        SetClient(line, forwarded, fields);
        return RejectReason.None;
    }

    private void SetClient(ReadOnlySpan<byte> line, int forwarded, LineFields fields)
    {
        _tokens.Set(fields, LineField.Forwarded, line, forwarded);
        // Istio: "authority" "upstream" cluster upstream-local downstream-local downstream-remote
        var remote = forwarded + 8;
        if (_tokens.Count > remote && AddressText.IsAddress(_tokens.Text(line, remote)))
        {
            _tokens.Set(fields, LineField.Client, line, remote);
            return;
        }
        if (!fields.Has(LineField.Forwarded))
            return;
        var (start, length) = ClientList.Choose(_tokens.Text(line, forwarded));
        if (length > 0)
            fields.SetSlice(LineField.Client, _tokens.Start(forwarded) + start, length);
    }
}
