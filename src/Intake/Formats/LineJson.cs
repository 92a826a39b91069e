using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// A parsed line as <c>whosaw parse</c> shows it: time (UTC), client, method, target, query (where the log keeps it
/// apart), status, bytes, agent, user, referrer; what is absent is left out. A refused line is <c>{"rejected":
/// reason}</c>.
/// </summary>
public static class LineJson
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> line, LineFields fields, RejectReason reason)
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
        // without port, brackets and zone; a name, or IPv6 otherwise, as the log has it
        WriteText(writer, "client", AddressText.Bare(fields.Get(LineField.Client, line)));
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

    private static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        if (Utf8.IsValid(text))
            writer.WriteString(name, text);
        else
            writer.WriteString(name, Encoding.UTF8.GetString(text));
    }

    /// <summary>A reason as the outputs name it: <c>no-time</c>.</summary>
    public static string Words(RejectReason reason)
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
