using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>A finding as a JSON object: the names of the design, times in RFC 3339.</summary>
public static class FindingJson
{
    /// <summary>Text is not escaped beyond what JSON asks: these lines are never part of a page.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a whole object.</summary>
    public static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        WriteProperties(writer, finding);
        writer.WriteEndObject();
    }

    /// <summary>Writes the properties into an object that the caller has begun and may add to.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteString("id", finding.Id);
        writer.WriteString("kind", NameOf(finding.Kind));
        writer.WriteString("detector", finding.Detector);
        writer.WriteString("severity", NameOf(finding.Severity));
        writer.WriteString("raised", finding.Raised.ToString());
        writer.WriteString("first", finding.First.ToString());
        writer.WriteString("last", finding.Last.ToString());
        writer.WriteString("title", finding.Title);
        writer.WriteString("why", finding.Why);
        writer.WriteStartObject("actor");
        writer.WriteString("kind", finding.ActorKind);
        writer.WriteString("value", finding.ActorValue);
        writer.WriteEndObject();
        writer.WriteString("where", finding.Where);
        writer.WriteString("technique", finding.Technique);
        if (finding.Withdrawn is { } withdrawn)
            writer.WriteString("withdrawn", withdrawn);
        writer.WriteStartArray("samples");
        foreach (var sample in finding.Samples)
        {
            writer.WriteStartObject();
            writer.WriteString("file", sample.File);
            writer.WriteNumber("offset", sample.Offset);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("evidence");
        foreach (var evidence in finding.Evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("what", evidence.What);
            writer.WriteString("here", evidence.Here);
            writer.WriteString("elsewhere", evidence.Elsewhere);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The object as UTF-8 without a line end.</summary>
    public static byte[] ToLine(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, finding);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object; unknown properties are passed over. Throws <see cref="JsonException"/>.</summary>
    public static Finding Read(ReadOnlySpan<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new JsonException("not a finding", exception);
        }
    }

    private static Finding Read(JsonElement root)
    {
        var actor = root.GetProperty("actor");
        return new Finding
        {
            Id = Text(root, "id"),
            Kind = Named<FindingKind>(Text(root, "kind")),
            Detector = Text(root, "detector"),
            Severity = Named<Severity>(Text(root, "severity")),
            Raised = Time(root, "raised"),
            First = Time(root, "first"),
            Last = Time(root, "last"),
            Title = Text(root, "title"),
            Why = Text(root, "why"),
            ActorKind = Text(actor, "kind"),
            ActorValue = Text(actor, "value"),
            Where = Text(root, "where"),
            Technique = root.TryGetProperty("technique", out var technique) ? technique.GetString() ?? "" : "",
            Withdrawn = root.TryGetProperty("withdrawn", out var withdrawn) ? withdrawn.GetString() : null,
            Samples = [.. List(root, "samples").Select(
                each => new RecordLocation(Text(each, "file"), each.GetProperty("offset").GetInt64()))],
            Evidence = [.. List(root, "evidence").Select(
                each => new Evidence(Text(each, "what"), Text(each, "here"), Text(each, "elsewhere")))],
        };
    }

    internal static string NameOf<T>(T value)
        where T : struct, Enum => Enum.GetName(value)!.ToLowerInvariant();

    private static T Named<T>(string name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (NameOf(value) == name)
                return value;
        throw new JsonException($"unknown {typeof(T).Name}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static EventTime Time(JsonElement element, string name) =>
        EventTime.From(element.GetProperty(name).GetDateTimeOffset());

    private static JsonElement[] List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];
}
