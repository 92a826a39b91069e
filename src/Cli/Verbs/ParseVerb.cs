using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// <c>whosaw parse</c>: one JSON object a line, in order, or <c>{"rejected": reason}</c>. A directive (<c>#Fields</c>) and a
/// blank line give nothing.
/// </summary>
public static class ParseVerb
{
    private const int Buffer = 1 << 20;

    /// <summary>Returns the exit status: 0, 2 for an unknown format, 3 for a file that cannot be read (the rest was).</summary>
    /// <param name="files">Paths; <c>-</c>, or none at all, is <paramref name="input"/>.</param>
    public static int Run(
        FormatOptions options, IReadOnlyList<string> files, Stream input, Stream output, TextWriter errors)
    {
        var format = FormatCatalog.Create(options);
        if (format is null)
        {
            foreach (var fault in FormatCatalog.Validate(options))
                errors.WriteLine(fault);
            return 2;
        }
        var status = 0;
        using var buffered = new BufferedStream(output, Buffer);
        foreach (var file in files.Count == 0 ? ["-"] : files)
        {
            format.BeginBlock(default);
            if (file == "-")
            {
                ReadLines(format, input, buffered);
                continue;
            }
            try
            {
                using var stream = File.OpenRead(file);
                ReadLines(format, stream, buffered);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"{file}: {fault.Message}");
                status = 3;
            }
        }
        return status;
    }

    /// <summary>The same for a format by its name or string alone, with times in UTC where they say no offset.</summary>
    public static int Run(string format, IReadOnlyList<string> files, Stream input, Stream output, TextWriter errors) =>
        Run(new FormatOptions(format), files, input, output, errors);

    private static void ReadLines(LineFormat format, Stream input, Stream output)
    {
        var lines = new RecordLines(format.Framing, input);
        var fields = new LineFields();
        using var writer = new Utf8JsonWriter(output);
        while (lines.TryNext(out var line))
        {
            fields.Clear();
            var reason = format.Parse(line, fields);
            if (reason == RejectReason.Directive)
                continue;
            writer.Reset();
            Write(writer, line, fields, reason);
            writer.Flush();
            output.WriteByte((byte)'\n');
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> line, LineFields fields, RejectReason reason)
    {
        writer.WriteStartObject();
        if (reason != RejectReason.None)
            writer.WriteString("rejected", Words(reason));
        // a line without a time is no record, but what it says about the client may be seen
        if (reason is RejectReason.None or RejectReason.NoTime)
            WriteFields(writer, line, fields);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, ReadOnlySpan<byte> line, LineFields fields)
    {
        if (fields.HasTime)
            writer.WriteString("time", fields.Time.ToString());
        WriteText(writer, "client", Client(fields.Get(LineField.Client, line)));
        WriteText(writer, "method", fields.Get(LineField.Method, line));
        var stem = fields.Get(LineField.Stem, line);
        WriteText(writer, "target", stem.IsEmpty ? fields.Get(LineField.Target, line) : stem);
        WriteText(writer, "query", fields.Get(LineField.Query, line));
        if (fields.StatusStated)
            writer.WriteNumber("status", fields.Status);
        if (fields.Bytes >= 0)
            writer.WriteNumber("bytes", fields.Bytes);
        WriteText(writer, "agent", fields.Get(LineField.Agent, line));
        var user = fields.Get(LineField.User, line);
        WriteText(writer, "user", user.IsEmpty ? fields.Get(LineField.Principal, line) : user);
        WriteText(writer, "referrer", fields.Get(LineField.Referrer, line));
    }

    /// <summary>Without port, brackets and zone; a name or an IPv6 address otherwise as the log has it.</summary>
    private static ReadOnlySpan<byte> Client(ReadOnlySpan<byte> text) => AddressText.Bare(text);

    private static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        if (Utf8.IsValid(text))
            writer.WriteString(name, text);
        else
            writer.WriteString(name, Encoding.UTF8.GetString(text));
    }

    private static string Words(RejectReason reason)
    {
        var words = new StringBuilder();
        foreach (var letter in reason.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && words.Length > 0)
                words.Append('-');
            words.Append(char.ToLowerInvariant(letter));
        }
        return words.ToString();
    }
}
