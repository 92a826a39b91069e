using System.Text.Json;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

/// <summary>A finding as an event of the Open Cybersecurity Schema Framework: Detection Finding, class 2004.</summary>
internal static class OcsfEvent
{
    public const string SchemaVersion = "1.4.0";
    private const int Category = 2;
    private const int Class = 2004;
    private const int Create = 1;
    private const int Update = 2;
    private const int Close = 3;
    private const int New = 1;
    private const int Resolved = 4;

    public static byte[] Write(RaisedFinding raised)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, FindingJson.Options))
            Write(json, raised);
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RaisedFinding raised)
    {
        var finding = raised.Finding;
        var isOver = finding.Withdrawn is not null;
        var activity = isOver ? Close : raised.IsKnown ? Update : Create;
        json.WriteStartObject();
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", isOver ? "Close" : raised.IsKnown ? "Update" : "Create");
        json.WriteNumber("category_uid", Category);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("class_uid", Class);
        json.WriteString("class_name", "Detection Finding");
        json.WriteNumber("type_uid", Class * 100 + activity);
        json.WriteNumber("time", Milliseconds(finding.Raised));
        json.WriteNumber("start_time", Milliseconds(finding.First));
        json.WriteNumber("end_time", Milliseconds(finding.Last));
        json.WriteNumber("severity_id", (int)finding.Severity + 1);
        json.WriteString("severity", NameOf(finding.Severity));
        json.WriteNumber("status_id", isOver ? Resolved : New);
        json.WriteString("status", isOver ? "Resolved" : "New");
        if (isOver)
            json.WriteString("status_detail", finding.Withdrawn);
        json.WriteBoolean("is_alert", finding.Severity >= Severity.Medium && !raised.IsKnown && !isOver);
        json.WriteString("message", finding.Title);
        WriteMetadata(json);
        WriteInfo(json, finding);
        WriteEvidence(json, finding);
        json.WriteStartObject("unmapped");
        json.WriteString("where", finding.Where);
        if (raised.Accounts is { } accounts)
            json.WriteNumber("accounts", accounts);
        if (raised.Views is { } views)
            json.WriteNumber("views", views);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteStartObject("product");
        json.WriteString("name", "WhoSaw");
        json.WriteString("vendor_name", "WhoSaw");
        json.WriteString("version", Cli.Host.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", finding.Id);
        json.WriteString("title", finding.Title);
        json.WriteString("desc", finding.Why);
        json.WriteNumber("created_time", Milliseconds(finding.Raised));
        json.WriteNumber("first_seen_time", Milliseconds(finding.First));
        json.WriteNumber("last_seen_time", Milliseconds(finding.Last));
        json.WriteStartArray("types");
        json.WriteStringValue(finding.Kind.ToString().ToLowerInvariant());
        json.WriteEndArray();
        json.WriteStartObject("analytic");
        json.WriteString("name", finding.Detector);
        json.WriteString("uid", finding.Detector);
        // 1 Rule: a fact; 3 Statistical: weighed against the population
        var isFact = finding.Kind != FindingKind.Access || finding.Detector is "unissued-credential" or "canary";
        json.WriteNumber("type_id", isFact ? 1 : 3);
        json.WriteString("type", isFact ? "Rule" : "Statistical");
        json.WriteEndObject();
        if (finding.Technique.Length > 0)
        {
            json.WriteStartArray("attacks");
            json.WriteStartObject();
            json.WriteStartObject("technique");
            json.WriteString("uid", finding.Technique);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("evidences");
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartObject("actor");
        json.WriteString("kind", finding.ActorKind);
        json.WriteString("value", finding.ActorValue);
        json.WriteEndObject();
        json.WriteStartArray("reasons");
        foreach (var reason in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("what", reason.What);
            json.WriteString("here", reason.Here);
            json.WriteString("elsewhere", reason.Elsewhere);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("samples");
        foreach (var sample in finding.Samples)
        {
            json.WriteStartObject();
            json.WriteString("file", sample.File);
            json.WriteNumber("offset", sample.Offset);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static long Milliseconds(EventTime time) => time.ToUtc().ToUnixTimeMilliseconds();

    private static string NameOf(Severity severity) =>
        severity == Severity.Info ? "Informational" : severity.ToString();
}
