using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// PostgreSQL's log with pgAudit's lines, as csvlog or as text with a usual log_line_prefix; also statements that
/// log_statement or log_min_duration_statement wrote. All other messages of the server are no records and no faults.
/// </summary>
internal sealed class PgauditFormat(TimeZoneInfo zone) : LineFormat
{
    private readonly TimeParser _times = new(zone);
    private readonly CsvRow _row = new();
    private readonly CsvRow _audit = new();
    private byte[] _message = new byte[4096];

    public override string Name => "pgaudit";

    public override Framing Framing => Framing.QuotedLines;

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        // csvlog: the time, then a comma
        var comma = line.IndexOf((byte)',');
        if (comma is >= 19 and <= 40 && _times.TryIso(line[..comma].Trim((byte)'"'), out var time))
        {
            fields.SetTime(time);
            return ParseCsv(line, fields);
        }
        return ParseText(line, fields);
    }

    private RejectReason ParseCsv(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (!_row.TrySplit(line) || _row.Count < 14)
            return RejectReason.Malformed;
        _row.Set(fields, LineField.Principal, line, 1, 0);
        _row.Set(fields, LineField.User, line, 1, 0);
        SetClient(line, _row.Start(4), _row.Length(4), fields);
        _row.Set(fields, LineField.Session, line, 5, 0);
        var text = _row.Text(line, 13);
        if (_message.Length < text.Length)
            _message = new byte[text.Length * 2];
        var message = _message.AsSpan(0, CsvRow.Undouble(text, _message));
        if (message.StartsWith("AUDIT: "u8))
            return ReadAudit(message["AUDIT: ".Length..], -1, fields);
        if (!ReadStatement(message, -1, fields))
            return RejectReason.Directive;
        if (_row.Text(line, 14).StartsWith("parameters: "u8) || _row.Text(line, 14).StartsWith("Parameters: "u8))
        {
            _row.Set(fields, LineField.Parameters, line, 14, 0);
            var parameters = fields.Get(LineField.Parameters, line)["parameters: ".Length..];
            fields.SetText(LineField.Parameters, parameters);
        }
        return RejectReason.None;
    }

    private RejectReason ParseText(ReadOnlySpan<byte> line, LineFields fields)
    {
        var audit = line.IndexOf("AUDIT: "u8);
        var log = line.IndexOf("LOG: "u8);
        var message = audit >= 0 ? audit : log;
        if (!PgauditPrefix.TryTime(line, _times, out var after, out var time))
            return line.Length > 0 && line[0] == '\t' ? RejectReason.Directive
                : audit >= 0 ? RejectReason.BadTime : RejectReason.NoTime;
        fields.SetTime(time);
        if (message < after)
            return RejectReason.Directive;
        PgauditPrefix.Read(line, after, log >= 0 && log < message ? log : message, fields);
        if (audit >= 0)
            return ReadAudit(line[(audit + "AUDIT: ".Length)..], audit + "AUDIT: ".Length, fields);
        var start = log + "LOG: ".Length;
        while (start < line.Length && line[start] == ' ')
            start++;
        return ReadStatement(line[start..], start, fields) ? RejectReason.None : RejectReason.Directive;
    }

    /// <summary>
    /// SESSION,1,1,READ,SELECT,TABLE,public.members,"select …",parameters[,rows]; offset -1: not in the line.
    /// </summary>
    private RejectReason ReadAudit(ReadOnlySpan<byte> audit, int offset, LineFields fields)
    {
        if (!_audit.TrySplit(audit) || _audit.Count < 8)
            return RejectReason.Malformed;
        _audit.Set(fields, LineField.Method, audit, 4, offset);
        _audit.Set(fields, LineField.Object, audit, 6, offset);
        SetUnlessNot(audit, LineField.Statement, 7, offset, fields);
        SetUnlessNot(audit, LineField.Parameters, 8, offset, fields);
        if (_audit.Count > 9 && DecimalText.TryInteger(_audit.Text(audit, _audit.Count - 1), out var rows))
            fields.Rows = rows;
        return RejectReason.None;
    }

    private void SetUnlessNot(ReadOnlySpan<byte> audit, LineField field, int column, int offset, LineFields fields)
    {
        var text = _audit.Text(audit, column);
        if (!text.SequenceEqual("<not logged>"u8) && !text.SequenceEqual("<none>"u8)
            && !text.SequenceEqual("<previously logged>"u8))
            _audit.Set(fields, field, audit, column, offset);
    }

    private static bool ReadStatement(ReadOnlySpan<byte> message, int offset, LineFields fields)
    {
        var at = 0;
        if (message.StartsWith("duration: "u8))
        {
            var unit = message.IndexOf(" ms"u8);
            if (unit < "duration: ".Length)
                return false;
            if (DecimalText.TryDuration(message["duration: ".Length..unit], 1_000_000, out var duration))
                fields.Duration = duration;
            at = unit + 3;
            while (at < message.Length && message[at] == ' ')
                at++;
        }
        var rest = message[at..];
        var colon = rest.IndexOf(": "u8);
        if (colon < 0 || !rest.StartsWith("statement: "u8) && !rest.StartsWith("execute "u8))
            return false;
        at += colon + 2;
        if (offset >= 0)
            fields.SetSlice(LineField.Statement, offset + at, message.Length - at);
        else
            fields.SetText(LineField.Statement, message[at..]);
        return true;
    }

    private static void SetClient(ReadOnlySpan<byte> line, int start, int length, LineFields fields)
    {
        var text = line.Slice(start, length);
        if (text.IsEmpty || text.SequenceEqual("[local]"u8))
            return;
        // address:port without brackets, IPv6 too
        var colon = text.LastIndexOf((byte)':');
        if (colon > 0 && AddressText.IsAddress(text[..colon]) && text[(colon + 1)..].Length <= 5)
            length = colon;
        fields.SetSlice(LineField.Client, start, length);
    }
}
