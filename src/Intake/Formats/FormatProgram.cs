using System.Text;

namespace WhoSaw.Intake.Formats;

internal enum StepKind : byte
{
    /// <summary>Passed over: a variable that says nothing to us.</summary>
    Opaque,
    Text,

    /// <summary>As <see cref="Text"/>, but only where the field has nothing better.</summary>
    Fallback,
    Client,
    Request,
    Time,
    Strftime,
    Fraction,
    Status,
    Bytes,
    BytesFallback,
    Duration,
}

/// <summary>
/// One variable of a format string and the literal text that ends it; the last may end with the line.
/// </summary>
internal sealed class FormatStep(StepKind kind, LineField target, long unit, string? pattern)
{
    public StepKind Kind { get; } = kind;

    public LineField Field { get; } = target;

    /// <summary>Nanoseconds of one, for a duration; microseconds of one, for a fraction.</summary>
    public long Unit { get; } = unit;

    public string? Pattern { get; } = pattern;

    public byte[] Terminator { get; set; } = [];

    /// <summary>The value is inside quotes, where servers escape.</summary>
    public bool Quoted => Terminator.Length > 0 && Terminator[0] == '"';

    /// <summary>Ends before a slash that belongs to the next variable: <c>$host$request_uri</c>.</summary>
    public bool BeforeSlash { get; set; }
}

/// <summary>A format string of nginx or Apache, compiled.</summary>
internal sealed record FormatProgram(byte[] Prefix, FormatStep[] Steps)
{
    /// <summary>Null, and why, when the string cannot be read back from a line.</summary>
    public static FormatProgram? Compile(string format, IReadOnlyDictionary<string, string>? fields, out string fault)
    {
        var parts = format.Contains('$', StringComparison.Ordinal)
            ? NginxVariables.Split(format, fields, out fault)
            : ApacheDirectives.Split(format, fields, out fault);
        if (parts is null)
            return null;
        var prefix = Array.Empty<byte>();
        var steps = new List<FormatStep>();
        string? before = null;
        foreach (var part in parts)
        {
            if (part.Step is null)
            {
                var literal = Encoding.UTF8.GetBytes(part.Text);
                if (steps.Count == 0)
                    prefix = [.. prefix, .. literal];
                else
                    steps[^1].Terminator = [.. steps[^1].Terminator, .. literal];
                continue;
            }
            if (steps.Count > 0 && steps[^1].Terminator.Length == 0 && !TryJoin(steps, part.Step))
            {
                fault = $"nothing stands between '{before}' and '{part.Text}', so no line can be cut there";
                return null;
            }
            else if (steps.Count == 0 || steps[^1].Terminator.Length > 0 || steps[^1].BeforeSlash)
            {
                steps.Add(part.Step);
            }
            before = part.Text;
        }
        if (!steps.Exists(step => step.Kind is StepKind.Time or StepKind.Strftime))
        {
            fault = "it has no time ($time_local, $time_iso8601, $msec, %t), and without one no line is a record";
            return null;
        }
        fault = "";
        return new FormatProgram(prefix, [.. steps]);
    }

    /// <summary>Neighbours with nothing between them that can be cut all the same.</summary>
    private static bool TryJoin(List<FormatStep> steps, FormatStep next)
    {
        var last = steps[^1];
        if (next is { Kind: StepKind.Text or StepKind.Fallback, Field: LineField.Target })
        {
            last.BeforeSlash = true;
            return true;
        }
        // %U%q: the query brings its question mark
        if (last is { Field: LineField.Target, Kind: not StepKind.Opaque } && next.Field == LineField.Query)
        {
            steps[^1] = new FormatStep(StepKind.Text, LineField.Target, 0, null);
            return true;
        }
        return last.Kind == StepKind.Opaque && next.Kind == StepKind.Opaque;
    }
}

/// <summary>A piece of a format string: a literal, or a variable with its name for messages.</summary>
internal readonly record struct FormatPart(string Text, FormatStep? Step);
