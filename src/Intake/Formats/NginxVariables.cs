using System.Text;

namespace WhoSaw.Intake.Formats;

/// <summary>The variables of nginx's <c>log_format</c>.</summary>
internal static class NginxVariables
{
    private const long Second = 1_000_000_000;

    public static List<FormatPart>? Split(string format, IReadOnlyDictionary<string, string>? fields, out string fault)
    {
        var parts = new List<FormatPart>();
        var literal = new StringBuilder();
        fault = "";
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] == '\\' && at + 1 < format.Length)
            {
                literal.Append(FormatEscapes.Undo(format[++at]));
                continue;
            }
            if (format[at] != '$')
            {
                literal.Append(format[at]);
                continue;
            }
            var name = ReadName(format, ref at);
            if (name.Length == 0)
            {
                fault = $"a '$' at column {at + 1} is followed by no name";
                return null;
            }
            if (literal.Length > 0)
                parts.Add(new FormatPart(literal.ToString(), null));
            literal.Clear();
            parts.Add(new FormatPart('$' + name, Step(name, fields)));
        }
        if (literal.Length > 0)
            parts.Add(new FormatPart(literal.ToString(), null));
        return parts;
    }

    /// <summary>A step for a field that the configuration names, or null.</summary>
    public static FormatStep? Configured(string name, IReadOnlyDictionary<string, string>? fields)
    {
        foreach (var (field, place) in fields ?? new Dictionary<string, string>())
        {
            if (!place.AsSpan().TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase)
                || !FieldNames.TryFind(field, out var slot))
                continue;
            return slot switch
            {
                FieldSlot.Time => new FormatStep(StepKind.Time, default, 0, null),
                FieldSlot.Status => new FormatStep(StepKind.Status, default, 0, null),
                FieldSlot.Bytes => new FormatStep(StepKind.Bytes, default, 0, null),
                FieldSlot.Duration => new FormatStep(StepKind.Duration, default, 0, null),
                FieldSlot.Rows or FieldSlot.Expires => null,
                FieldSlot.Error => null,
                _ => new FormatStep(StepKind.Text, (LineField)slot, 0, null),
            };
        }
        return null;
    }

    /// <summary>Cookies and headers that are likely to carry a session or a token.</summary>
    public static FormatStep Secret(string name)
    {
        if (name.Contains("sess", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("sid", StringComparison.OrdinalIgnoreCase))
            return new FormatStep(StepKind.Text, LineField.Credential, 0, null);
        if (name.Contains("token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("jwt", StringComparison.OrdinalIgnoreCase)
            || name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            return new FormatStep(StepKind.Text, LineField.Token, 0, null);
        return new FormatStep(StepKind.Opaque, default, 0, null);
    }

    private static string ReadName(string format, ref int at)
    {
        var braced = at + 1 < format.Length && format[at + 1] == '{';
        var start = at + (braced ? 2 : 1);
        var end = start;
        while (end < format.Length && (char.IsAsciiLetterOrDigit(format[end]) || format[end] == '_'))
            end++;
        at = braced && end < format.Length && format[end] == '}' ? end : end - 1;
        return format[start..end];
    }

    private static FormatStep Step(string name, IReadOnlyDictionary<string, string>? fields)
    {
        if (Configured(name, fields) is { } configured)
            return configured;
        return name switch
        {
            "remote_addr" => new FormatStep(StepKind.Client, LineField.Client, 0, null),
            "remote_user" => Text(LineField.User),
            "time_local" or "time_iso8601" or "msec" => new FormatStep(StepKind.Time, default, 0, null),
            "request" => new FormatStep(StepKind.Request, LineField.Target, 0, null),
            "request_method" => Text(LineField.Method),
            "request_uri" => Text(LineField.Target),
            "uri" or "document_uri" => new FormatStep(StepKind.Fallback, LineField.Target, 0, null),
            "args" or "query_string" => Text(LineField.Query),
            "status" => new FormatStep(StepKind.Status, default, 0, null),
            "body_bytes_sent" => new FormatStep(StepKind.Bytes, default, 0, null),
            "bytes_sent" => new FormatStep(StepKind.BytesFallback, default, 0, null),
            "request_time" => new FormatStep(StepKind.Duration, default, Second, null),
            "http_referer" => Text(LineField.Referrer),
            "http_user_agent" => Text(LineField.Agent),
            "http_x_forwarded_for" or "proxy_add_x_forwarded_for" => Text(LineField.Forwarded),
            "http_x_real_ip" => new FormatStep(StepKind.Fallback, LineField.Forwarded, 0, null),
            "request_id" => Text(LineField.Request),
            "http_x_request_id" or "req_id" => new FormatStep(StepKind.Fallback, LineField.Request, 0, null),
            _ when name.StartsWith("cookie_", StringComparison.Ordinal) => Secret(name["cookie_".Length..]),
            _ when name.StartsWith("http_", StringComparison.Ordinal) => Secret(name["http_".Length..]),
            _ => new FormatStep(StepKind.Opaque, default, 0, null),
        };
    }

    private static FormatStep Text(LineField field) => new(StepKind.Text, field, 0, null);
}

/// <summary>What a backslash means in a configuration file of a server.</summary>
internal static class FormatEscapes
{
    public static char Undo(char letter) => letter switch
    {
        't' => '\t',
        'n' => '\n',
        _ => letter,
    };
}
