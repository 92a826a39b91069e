namespace WhoSaw.Intake.Formats;

/// <summary>What the fields of a JSON line need once all of them are known.</summary>
internal static class JsonCompletion
{
    public static void Complete(ReadOnlySpan<byte> line, LineFields fields, JsonFinish finish, bool failed)
    {
        if (finish == JsonFinish.CloudCall)
            CloudCall(line, fields, failed);
        if (finish == JsonFinish.Encoded)
        {
            UndoPercent(line, fields, LineField.Agent);
            UndoPercent(line, fields, LineField.Referrer);
            AddSlash(line, fields);
        }
        if (fields.Has(LineField.Client))
            ClientList.Tidy(fields, line, finish == JsonFinish.LastForwarded);
        else if (fields.Has(LineField.Forwarded))
            ForwardedAsClient(line, fields);
        SplitRequest(line, fields);
        if (fields.Has(LineField.Query))
            JoinQuery(line, fields);
    }

    /// <summary>Makes the target stem?query, and keeps the stem.</summary>
    public static void JoinQuery(ReadOnlySpan<byte> line, LineFields fields)
    {
        var stem = fields.Get(LineField.Target, line);
        if (stem.IndexOf((byte)'?') >= 0)
            return;
        fields.SetText(LineField.Stem, stem);
        var length = fields.Get(LineField.Stem, line).Length + 1 + fields.Get(LineField.Query, line).Length;
        var room = fields.Reserve(length);
        // only now: Reserve may have moved what the fields point to
        stem = fields.Get(LineField.Stem, line);
        var query = fields.Get(LineField.Query, line);
        var asked = query[0] == '?' ? 1 : 0;
        stem.CopyTo(room);
        room[stem.Length] = (byte)'?';
        query[asked..].CopyTo(room[(stem.Length + 1)..]);
        fields.Commit(LineField.Target, length - asked);
    }

    public static void UndoPercent(ReadOnlySpan<byte> line, LineFields fields, LineField field)
    {
        if (fields.Get(field, line).IndexOf((byte)'%') < 0)
            return;
        var room = fields.Reserve(fields.Get(field, line).Length);
        fields.Commit(field, QuotedText.UndoPercent(fields.Get(field, line), room));
    }

    private static void ForwardedAsClient(ReadOnlySpan<byte> line, LineFields fields)
    {
        var list = fields.Get(LineField.Forwarded, line);
        var (start, length) = ClientList.Choose(list);
        if (length > 0)
            fields.SetText(LineField.Client, list.Slice(start, length));
    }

    /// <summary>Some logs give the whole request line, under the name of the target or of the request.</summary>
    private static void SplitRequest(ReadOnlySpan<byte> line, LineFields fields)
    {
        if (fields.Has(LineField.Method))
            return;
        if (IsRequestLine(fields.Get(LineField.Target, line)))
        {
            RequestLine.SetText(fields, fields.Get(LineField.Target, line));
        }
        else if (!fields.Has(LineField.Target) && IsRequestLine(fields.Get(LineField.Request, line))
            && RequestLine.SetText(fields, fields.Get(LineField.Request, line)))
        {
            fields.Remove(LineField.Request);
        }
    }

    private static bool IsRequestLine(ReadOnlySpan<byte> text) =>
        text.Length > 12 && text[0] is >= (byte)'A' and <= (byte)'Z' && text.LastIndexOf(" HTTP/"u8) > 0;

    private static void AddSlash(ReadOnlySpan<byte> line, LineFields fields)
    {
        var path = fields.Get(LineField.Target, line);
        if (path.IsEmpty || path[0] == '/' || RequestLine.PathStart(path) > 0)
            return;
        var room = fields.Reserve(path.Length + 1);
        path = fields.Get(LineField.Target, line);
        room[0] = (byte)'/';
        path.CopyTo(room[1..]);
        fields.Commit(LineField.Target, path.Length + 1);
    }

    /// <summary>
    /// The preset reads the service into From, the bucket or table into To, the key into Object, the error into Event.
    /// </summary>
    private static void CloudCall(ReadOnlySpan<byte> line, LineFields fields, bool failed)
    {
        var error = fields.Get(LineField.Event, line);
        fields.Status = !failed ? 200
            : error.IndexOf("Denied"u8) >= 0 || error.IndexOf("Unauthorized"u8) >= 0
                || error.IndexOf("Forbidden"u8) >= 0 ? 403
            : error.IndexOf("NoSuch"u8) >= 0 || error.IndexOf("NotFound"u8) >= 0 ? 404
            : 400;
        fields.Remove(LineField.Event);
        var length = fields.Get(LineField.From, line).Length + fields.Get(LineField.To, line).Length
            + fields.Get(LineField.Object, line).Length + 3;
        var room = fields.Reserve(length);
        var used = 0;
        foreach (var part in (ReadOnlySpan<LineField>)[LineField.From, LineField.To, LineField.Object])
        {
            var text = fields.Get(part, line);
            if (text.IsEmpty)
                continue;
            room[used++] = (byte)'/';
            text.CopyTo(room[used..]);
            used += text.Length;
        }
        if (used > 0)
            fields.Commit(LineField.Target, used);
        fields.Remove(LineField.From);
        fields.Remove(LineField.To);
    }
}
