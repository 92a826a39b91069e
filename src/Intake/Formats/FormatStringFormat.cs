using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Reads lines by a compiled format string. A value ends at the first place where its literal stands and the rest of
/// the line still matches; quotes that a client smuggled in are so kept inside their value wherever the line has one
/// reading. The search gives up after a fixed number of steps back, so that every line takes linear time.
/// </summary>
internal sealed class FormatStringFormat(string format, FormatProgram program, TimeZoneInfo zone) : LineFormat
{
    private const int MostStepsBack = 48;
    private readonly TimeParser _times = new(zone);
    private readonly FormatStep[] _steps = program.Steps;
    private readonly int[] _start = new int[program.Steps.Length];
    private readonly int[] _end = new int[program.Steps.Length];
    private EventTime _time;

    public override string Name => format;

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (!line.StartsWith(program.Prefix))
            return RejectReason.Malformed;
        if (!TryCut(line, out var furthest))
        {
            return _steps[furthest].Kind is StepKind.Time or StepKind.Strftime ? RejectReason.BadTime
                : _steps[furthest].Kind is StepKind.Status or StepKind.Bytes ? RejectReason.BadNumber
                : RejectReason.Malformed;
        }
        fields.SetTime(_time);
        for (var step = 0; step < _steps.Length; step++)
            Set(line, step, fields);
        if (fields.Has(LineField.Query) && fields.Has(LineField.Target))
            JsonCompletion.JoinQuery(line, fields);
        return RejectReason.None;
    }

    private bool TryCut(ReadOnlySpan<byte> line, out int furthest)
    {
        var step = 0;
        var back = 0;
        furthest = 0;
        _start[0] = program.Prefix.Length;
        var from = _start[0];
        while (true)
        {
            if (TryEnd(line, step, from))
            {
                if (step == _steps.Length - 1)
                    return true;
                from = _end[step] + _steps[step].Terminator.Length;
                _start[++step] = from;
                furthest = Math.Max(furthest, step);
                continue;
            }
            // the variable before may reach further than its first literal
            do
            {
                if (--step < 0 || ++back > MostStepsBack)
                    return false;
            }
            while (IsNumber(_steps[step].Kind));
            from = _end[step] + 1;
        }
    }

    /// <summary>Finds an end at or after <paramref name="from"/> at which the value is of its kind.</summary>
    private bool TryEnd(ReadOnlySpan<byte> line, int step, int from)
    {
        var code = _steps[step];
        for (var attempt = 0; attempt < 4; attempt++)
        {
            if (!TryFindEnd(line, step, from, out var end))
                return false;
            _end[step] = end;
            if (Fits(code, line[_start[step]..end]))
                return true;
            if (IsNumber(code.Kind))
                return false;
            from = end + 1;
        }
        return false;
    }

    private bool TryFindEnd(ReadOnlySpan<byte> line, int step, int from, out int end)
    {
        var code = _steps[step];
        var last = step == _steps.Length - 1;
        end = line.Length;
        if (from > line.Length)
            return false;
        if (code.BeforeSlash)
        {
            end = from + line[from..].IndexOf((byte)'/');
            return end >= from;
        }
        if (code.Terminator.Length == 0)
            return last && from <= line.Length;
        if (last)
        {
            // the literal must end the line
            var rest = line.TrimEnd((byte)' ');
            if (!rest.EndsWith(code.Terminator))
                rest = line;
            end = rest.Length - code.Terminator.Length;
            return end >= from && rest.EndsWith(code.Terminator);
        }
        for (var at = from; at <= line.Length;)
        {
            var found = line[at..].IndexOf(code.Terminator);
            if (found < 0)
                return false;
            end = at + found;
            if (!code.Quoted || !IsEscaped(line, _start[step], end))
                return true;
            at = end + 1;
        }
        return false;
    }

    private static bool IsEscaped(ReadOnlySpan<byte> line, int start, int quote)
    {
        var slashes = 0;
        while (quote - 1 - slashes >= start && line[quote - 1 - slashes] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }

    private static bool IsNumber(StepKind kind) =>
        kind is StepKind.Status or StepKind.Bytes or StepKind.BytesFallback or StepKind.Fraction;

    private bool Fits(FormatStep code, ReadOnlySpan<byte> value)
    {
        switch (code.Kind)
        {
            case StepKind.Status:
                return value.Length == 3 && DecimalText.TryInteger(value, out _) || value.SequenceEqual("-"u8);
            case StepKind.Bytes or StepKind.BytesFallback:
                return DecimalText.TryInteger(value, out _) || value.SequenceEqual("-"u8);
            case StepKind.Fraction:
                return DecimalText.TryInteger(value, out _);
            case StepKind.Time:
                return value.Length == 26 && value[2] == '/'
                    ? _times.TryClf(value, out _time)
                    : _times.TryAny(value, out _time);
            case StepKind.Strftime:
                return Strftime.TryRead(code.Pattern!, value, _times, out _time);
            default:
                return true;
        }
    }

    private void Set(ReadOnlySpan<byte> line, int step, LineFields fields)
    {
        var code = _steps[step];
        var start = _start[step];
        var length = _end[step] - start;
        switch (code.Kind)
        {
            case StepKind.Text:
                QuotedText.Set(fields, code.Field, line, start, length, code.Quoted);
                break;
            case StepKind.Fallback when !fields.Has(code.Field):
                QuotedText.Set(fields, code.Field, line, start, length, code.Quoted);
                break;
            case StepKind.Client:
                ClientList.Set(fields, line, start, length);
                break;
            case StepKind.Request:
                RequestLine.Set(fields, line, start, length, code.Quoted);
                break;
            case StepKind.Status:
                if (DecimalText.TryInteger(line.Slice(start, length), out var status))
                    fields.Status = (int)status;
                break;
            case StepKind.Bytes:
                if (DecimalText.TryInteger(line.Slice(start, length), out var body))
                    fields.Bytes = body;
                break;
            case StepKind.BytesFallback when fields.Bytes < 0:
                if (DecimalText.TryInteger(line.Slice(start, length), out var sent))
                    fields.Bytes = sent;
                break;
            case StepKind.Duration:
                if (DecimalText.TryDuration(line.Slice(start, length), code.Unit, out var duration))
                    fields.Duration = duration;
                break;
            case StepKind.Fraction:
                if (DecimalText.TryInteger(line.Slice(start, length), out var fraction) && fraction < 1_000_000)
                    fields.SetTime(_time.Plus(fraction * code.Unit));
                break;
        }
    }
}
