using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Times as RFC 3339, names as words with hyphens, and text as it is.</summary>
    public static readonly JournalJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new EventTimeConverter(),
            new JsonStringEnumConverter<FileKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<SourceChange>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    });

    public static byte[] Write(JournalEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Plain.JournalEntry);

    /// <summary>Null when the bytes are not an entry.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Plain.JournalEntry);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}

internal sealed class EventTimeConverter : JsonConverter<EventTime>
{
    public override EventTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EventTime.From(reader.GetDateTimeOffset());

    public override void Write(Utf8JsonWriter writer, EventTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
