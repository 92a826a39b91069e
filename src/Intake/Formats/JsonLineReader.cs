using System.Buffers;

namespace WhoSaw.Intake.Formats;

/// <summary>What is left to do with the fields of a JSON line when all are read.</summary>
internal enum JsonFinish : byte
{
    Plain,

    /// <summary>
    /// Traefik: the client is a whole X-Forwarded-For; its last entry is the one that the nearest proxy saw.
    /// </summary>
    LastForwarded,

    /// <summary>Akamai: agent and referrer are percent-encoded, the path may lack its slash.</summary>
    Encoded,

    /// <summary>CloudTrail: status from the error, target from service, bucket and key.</summary>
    CloudCall,
}

/// <summary>
/// Walks a line of JSON once and sets the fields whose paths are wanted. Keys are compared as bytes; a repeated key
/// counts as its last occurrence; null, "" and "-" are absent; of an array the first element counts. A prefix before
/// the first brace (a container runtime's or syslog's) is skipped; anything behind the object but white space makes the
/// line unreadable, for it would be a second record.
/// </summary>
internal sealed class JsonLineReader(JsonPaths paths, TimeZoneInfo zone, JsonFinish finish)
{
    private const int DeepestPath = 32;
    private static readonly SearchValues<byte> Trailing = SearchValues.Create(" \t\r\n,"u8);
    private readonly TimeParser _times = new(zone);
    private readonly TimeParser _expiries = new(zone);
    private readonly JsonShape _shape = new();
    private readonly byte[] _ranks = new byte[128];
    private byte[] _key = new byte[256];
    private byte[] _text = new byte[1024];
    private RejectReason _fault;

    public RejectReason Read(ReadOnlySpan<byte> line, LineFields fields)
    {
        var at = line.IndexOf((byte)'{');
        if (at < 0)
            return RejectReason.NotJson;
        _ranks.AsSpan().Fill(byte.MaxValue);
        _fault = RejectReason.None;
        _shape.Begin();
        if (!TryObject(line, ref at, paths, fields, 0))
            return RejectReason.NotJson;
        if (line[at..].IndexOfAnyExcept(Trailing) >= 0)
            return RejectReason.NotJson;
        if (_fault != RejectReason.None)
            return _fault;
        JsonCompletion.Complete(line, fields, finish, _ranks[(int)FieldSlot.Error] != byte.MaxValue);
        return fields.HasTime ? RejectReason.None : RejectReason.NoTime;
    }

    /// <summary>An object from its opening brace; leaves <paramref name="at"/> behind its closing one.</summary>
    private bool TryObject(ReadOnlySpan<byte> line, ref int at, JsonPaths node, LineFields fields, int depth)
    {
        at++;
        var first = true;
        while (true)
        {
            if (!JsonText.SkipSpace(line, ref at))
                return false;
            if (line[at] == '}' && first)
            {
                at++;
                return true;
            }
            first = false;
            if (!_shape.TryPass(line, ref at, node, out var child) && !TryKey(line, ref at, node, out child))
                return false;
            if (!JsonText.SkipSpace(line, ref at))
                return false;
            if (child is null ? !JsonText.TrySkipValue(line, ref at) : !TryValue(line, ref at, child, fields, depth))
                return false;
            if (!JsonText.SkipSpace(line, ref at))
                return false;
            if (line[at] == ',')
            {
                at++;
                continue;
            }
            if (line[at] != '}')
                return false;
            at++;
            return true;
        }
    }

    /// <summary>A key and its colon; what is wanted of its value.</summary>
    private bool TryKey(ReadOnlySpan<byte> line, ref int at, JsonPaths node, out JsonPaths? child)
    {
        child = null;
        var from = at;
        if (line[at] != '"' || !TryString(line, ref at, ref _key, out var start, out var length))
            return false;
        child = node.Find(start >= 0 ? line.Slice(start, length) : _key.AsSpan(0, length));
        if (!JsonText.SkipSpace(line, ref at) || line[at] != ':')
            return false;
        at++;
        _shape.Learn(line[from..at], node, child);
        return true;
    }

    private bool TryValue(ReadOnlySpan<byte> line, ref int at, JsonPaths node, LineFields fields, int depth)
    {
        switch (line[at])
        {
            case (byte)'{' when node.HasChildren && depth < DeepestPath:
                return TryObject(line, ref at, node, fields, depth + 1);
            case (byte)'{':
                return TryRaw(line, ref at, node, fields);
            case (byte)'[':
                return TryArray(line, ref at, node, fields, depth);
            case (byte)'"':
                if (!TryString(line, ref at, ref _text, out var start, out var length))
                    return false;
                Set(node, line, start, length, fields);
                return true;
            default:
                var from = at;
                if (!JsonText.TrySkipScalar(line, ref at))
                    return false;
                Set(node, line, from, line[from] == 'n' ? 0 : at - from, fields);
                return true;
        }
    }

    /// <summary>The first element counts; the whole array where parameters are wanted.</summary>
    private bool TryArray(ReadOnlySpan<byte> line, ref int at, JsonPaths node, LineFields fields, int depth)
    {
        foreach (var target in node.Targets)
        {
            if (target.Slot == (FieldSlot)LineField.Parameters)
                return TryRaw(line, ref at, node, fields);
        }
        var end = at;
        if (!JsonText.TrySkipValue(line, ref end))
            return false;
        at++;
        if (!JsonText.SkipSpace(line, ref at))
            return false;
        if (line[at] != ']' && line[at] != '[' && !TryValue(line, ref at, node, fields, depth + 1))
            return false;
        at = end;
        return true;
    }

    private static bool TryRaw(ReadOnlySpan<byte> line, ref int at, JsonPaths node, LineFields fields)
    {
        var from = at;
        if (!JsonText.TrySkipValue(line, ref at))
            return false;
        foreach (var target in node.Targets)
        {
            if (target.Slot is (FieldSlot)LineField.Parameters or (FieldSlot)LineField.Object)
                fields.SetSlice((LineField)target.Slot, from, at - from);
        }
        return true;
    }

    /// <summary>A string from its quote. Where escapes were undone it is in the buffer and start is -1.</summary>
    private static bool TryString(ReadOnlySpan<byte> line, ref int at, ref byte[] buffer, out int start, out int length)
    {
        start = at + 1;
        length = line[start..].IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0)
            return false;
        if (line[start + length] == '"')
        {
            at = start + length + 1;
            return true;
        }
        var escaped = true;
        var quote = QuotedText.NextQuote(line, start + length, ref escaped);
        if (quote < 0)
            return false;
        if (buffer.Length < quote - start)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, quote - start));
        at = quote + 1;
        length = JsonText.Unescape(line[start..quote], buffer);
        start = -1;
        return true;
    }

    private void Set(JsonPaths node, ReadOnlySpan<byte> line, int start, int length, LineFields fields)
    {
        var value = start >= 0 ? line.Slice(start, length) : _text.AsSpan(0, length);
        var absent = length == 0 || length == 1 && value[0] == '-';
        foreach (var target in node.Targets)
        {
            ref var rank = ref _ranks[(int)target.Slot];
            if (target.Rank > rank || absent && target.Rank != rank)
                continue;
            rank = absent ? byte.MaxValue : target.Rank;
            if (target.Slot >= FieldSlot.Time)
                SetNumber(target, value, absent, fields);
            else if (absent)
                fields.Remove((LineField)target.Slot);
            else if (start >= 0)
                fields.SetSlice((LineField)target.Slot, start, length);
            else
                fields.SetText((LineField)target.Slot, value);
        }
    }

    private void SetNumber(JsonTarget target, ReadOnlySpan<byte> value, bool absent, LineFields fields)
    {
        var number = -1L;
        switch (target.Slot)
        {
            case FieldSlot.Time:
                if (!absent && _times.TryAny(value, out var time))
                    fields.SetTime(time);
                else if (!absent && !fields.HasTime)
                    _fault = RejectReason.BadTime;
                if (fields.HasTime && _fault == RejectReason.BadTime)
                    _fault = RejectReason.None;
                return;
            case FieldSlot.Expires:
                if (!absent && _expiries.TryAny(value, out var expires))
                    fields.Expires = expires;
                else if (!absent)
                    _fault = RejectReason.BadTime;
                return;
            case FieldSlot.Duration:
                DecimalText.TryDuration(value, target.Unit, out number);
                fields.Duration = number;
                return;
            case FieldSlot.Error:
                return;
        }
        if (!absent && !DecimalText.TryInteger(value, out number) && !JsonText.TryWhole(value, out number))
            _fault = RejectReason.BadNumber;
        if (target.Slot == FieldSlot.Status)
            fields.Status = number is >= 0 and <= 999 ? (int)number : 0;
        else if (target.Slot == FieldSlot.Bytes)
            fields.Bytes = Math.Max(number, -1);
        else
            fields.Rows = Math.Max(number, -1);
    }
}
