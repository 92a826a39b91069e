using System.Text;

namespace WhoSaw.Intake.Formats;

/// <summary>The directives of Apache's <c>LogFormat</c>.</summary>
internal static class ApacheDirectives
{
    public static List<FormatPart>? Split(string format, IReadOnlyDictionary<string, string>? fields, out string fault)
    {
        var parts = new List<FormatPart>();
        var literal = new StringBuilder();
        fault = "";
        for (var at = 0; at < format.Length; at++)
        {
            var letter = format[at];
            if (letter == '\\' && at + 1 < format.Length)
            {
                literal.Append(FormatEscapes.Undo(format[++at]));
                continue;
            }
            if (letter != '%' || at + 1 < format.Length && format[at + 1] == '%')
            {
                literal.Append(letter);
                at += letter == '%' ? 1 : 0;
                continue;
            }
            var start = at;
            if (!TryRead(format, ref at, out var argument, out var directive))
            {
                fault = $"the '%' at column {start + 1} is not a directive";
                return null;
            }
            if (literal.Length > 0)
                parts.Add(new FormatPart(literal.ToString(), null));
            literal.Clear();
            parts.Add(new FormatPart(format[start..(at + 1)], Step(directive, argument, fields)));
        }
        if (literal.Length > 0)
            parts.Add(new FormatPart(literal.ToString(), null));
        return parts;
    }

    /// <summary>% [!] [status,…] [&lt;|&gt;] [{argument}] letter; stops on the letter.</summary>
    private static bool TryRead(string format, ref int at, out string argument, out string directive)
    {
        argument = "";
        directive = "";
        at++;
        while (at < format.Length && (char.IsAsciiDigit(format[at]) || format[at] is '!' or ',' or '<' or '>'))
            at++;
        if (at < format.Length && format[at] == '{')
        {
            var close = format.IndexOf('}', at);
            if (close < 0)
                return false;
            argument = format[(at + 1)..close];
            at = close + 1;
        }
        if (at >= format.Length || !char.IsAsciiLetter(format[at]))
            return false;
        directive = format[at..(at + 1)];
        // %^FB, %^ti and %^to are the only ones of more letters, and nobody's
        return true;
    }

    private static FormatStep Step(string directive, string argument, IReadOnlyDictionary<string, string>? fields)
    {
        if (argument.Length > 0 && directive is "i" or "C" or "e" or "n" or "o"
            && NginxVariables.Configured(argument, fields) is { } configured)
            return configured;
        return directive switch
        {
            "h" or "a" when argument.Length == 0 => new FormatStep(StepKind.Client, LineField.Client, 0, null),
            "u" => Text(LineField.User),
            "t" => Time(argument),
            "r" => new FormatStep(StepKind.Request, LineField.Target, 0, null),
            "s" => new FormatStep(StepKind.Status, default, 0, null),
            "b" or "B" => new FormatStep(StepKind.Bytes, default, 0, null),
            "O" => new FormatStep(StepKind.BytesFallback, default, 0, null),
            "D" => new FormatStep(StepKind.Duration, default, 1_000, null),
            "T" => new FormatStep(StepKind.Duration, default, Unit(argument), null),
            "m" => Text(LineField.Method),
            "U" => new FormatStep(StepKind.Fallback, LineField.Target, 0, null),
            "q" => Text(LineField.Query),
            "i" => Header(argument),
            "C" => NginxVariables.Secret(argument),
            "e" when argument == "UNIQUE_ID" => Text(LineField.Request),
            "L" => new FormatStep(StepKind.Fallback, LineField.Request, 0, null),
            _ => new FormatStep(StepKind.Opaque, default, 0, null),
        };
    }

    private static FormatStep Header(string name) => name.ToLowerInvariant() switch
    {
        "user-agent" => Text(LineField.Agent),
        "referer" => Text(LineField.Referrer),
        "x-forwarded-for" => Text(LineField.Forwarded),
        "x-real-ip" => new FormatStep(StepKind.Fallback, LineField.Forwarded, 0, null),
        "x-request-id" => Text(LineField.Request),
        _ => NginxVariables.Secret(name),
    };

    private static FormatStep Time(string argument)
    {
        if (argument.StartsWith("begin:", StringComparison.Ordinal)
            || argument.StartsWith("end:", StringComparison.Ordinal))
            argument = argument[(argument.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return argument switch
        {
            "" or "sec" or "msec" or "usec" => new FormatStep(StepKind.Time, default, 0, null),
            "msec_frac" => new FormatStep(StepKind.Fraction, default, 1_000, null),
            "usec_frac" => new FormatStep(StepKind.Fraction, default, 1, null),
            _ => new FormatStep(StepKind.Strftime, default, 0, argument),
        };
    }

    private static long Unit(string argument) => argument switch
    {
        "us" => 1_000,
        "ms" => 1_000_000,
        _ => 1_000_000_000,
    };

    private static FormatStep Text(LineField field) => new(StepKind.Text, field, 0, null);
}
