namespace WhoSaw.Intake.Formats;

internal enum W3cColumn : byte
{
    Skip,
    Date,
    Time,
    Timestamp,
    Client,
    Forwarded,
    Method,
    Stem,
    Query,
    Target,
    Status,
    Bytes,
    Milliseconds,
    Seconds,
    Agent,
    Referrer,
    User,
    Request,
}

/// <summary>The columns of a W3C extended log as a <c>#Fields:</c> line names them.</summary>
internal static class W3cColumns
{
    /// <summary>False when the line names no column at all.</summary>
    public static bool TryRead(ReadOnlySpan<byte> directive, bool cloudFront, List<W3cColumn> columns)
    {
        columns.Clear();
        var colon = directive.IndexOf((byte)':');
        var rest = directive[(colon + 1)..];
        foreach (var range in rest.SplitAny(" \t\r\n,"u8))
        {
            var name = rest[range];
            if (!name.IsEmpty && columns.Count < 160)
                columns.Add(Find(name, cloudFront));
        }
        return columns.Count > 0;
    }

    private static W3cColumn Find(ReadOnlySpan<byte> name, bool cloudFront)
    {
        Span<byte> lower = stackalloc byte[64];
        if (name.Length > lower.Length)
            return W3cColumn.Skip;
        System.Text.Ascii.ToLower(name, lower, out var length);
        return System.Text.Encoding.ASCII.GetString(lower[..length]) switch
        {
            "date" => W3cColumn.Date,
            "time" => W3cColumn.Time,
            "timestamp" => W3cColumn.Timestamp,
            "c-ip" => W3cColumn.Client,
            "x-forwarded-for" or "cs(x-forwarded-for)" or "x_forwarded_for" or "originalip" => W3cColumn.Forwarded,
            "cs-method" => W3cColumn.Method,
            "cs-uri-stem" => W3cColumn.Stem,
            "cs-uri-query" => W3cColumn.Query,
            "cs-uri" => W3cColumn.Target,
            "sc-status" => W3cColumn.Status,
            "sc-bytes" or "bytes" => W3cColumn.Bytes,
            "time-taken" => cloudFront ? W3cColumn.Seconds : W3cColumn.Milliseconds,
            "cs(user-agent)" or "cs-user-agent" => W3cColumn.Agent,
            "cs(referer)" or "cs(referrer)" or "cs-referer" or "cs-referrer" => W3cColumn.Referrer,
            "cs-username" => W3cColumn.User,
            "x-edge-request-id" or "x-request-id" or "cs(x-request-id)" => W3cColumn.Request,
            _ => W3cColumn.Skip,
        };
    }
}
