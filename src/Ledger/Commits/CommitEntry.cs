using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>A file of a commit other than a segment; <paramref name="Name"/> is relative to the ledger.</summary>
internal sealed record FileStamp(string Name, string Sha256, long Rows);

/// <summary>
/// One line of the log: everything that one commit made count. No personal data: names, digests, counts.
/// </summary>
internal sealed record CommitEntry
{
    public required int Format { get; init; }
    public required int Commit { get; init; }

    /// <summary>When, as the host said; absent in a scan of the past.</summary>
    public EventTime? Committed { get; init; }
    public IReadOnlyList<SegmentEntry> Segments { get; init; } = [];
    public FileStamp? Totals { get; init; }
    public FileStamp? Rejects { get; init; }
    public FileStamp? Dictionary { get; init; }
    public FileStamp? Accounts { get; init; }
    public FileStamp? People { get; init; }
    public FileStamp? Findings { get; init; }
    public IReadOnlyList<OperationEntry> Operations { get; init; } = [];
    public IReadOnlyList<SourceEntry> Sources { get; init; } = [];

    [JsonIgnore]
    public IEnumerable<FileStamp> Files =>
        new[] { Totals, Rejects, Dictionary, Accounts, People, Findings }.OfType<FileStamp>();

    [JsonIgnore]
    public IEnumerable<string> Names =>
        Segments.Select(segment => segment.Name).Concat(Files.Select(file => file.Name));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommitEntry))]
internal sealed partial class CommitJson : JsonSerializerContext
{
    /// <summary>Times as RFC 3339, and text as it is.</summary>
    public static readonly CommitJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EventTimeConverter() },
    });
}

internal sealed class EventTimeConverter : JsonConverter<EventTime>
{
    public override EventTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EventTime.From(reader.GetDateTimeOffset());

    public override void Write(Utf8JsonWriter writer, EventTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
