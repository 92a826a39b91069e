using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli;

/// <summary>The words that a configuration may use. docs/configuration.md lists them: keep in sync.</summary>
internal static class KnownWords
{
    public static readonly string[] Top =
    [
        "version", "sources", "routes", "tables", "accounts", "people", "keys", "zone", "language", "trusted-proxies",
        "networks", "outputs", "announcements", "detection",
    ];

    public static readonly string[] Source =
        ["id", "kind", "path", "format", "fields", "zone", "trusted-proxies"];

    public static readonly string[] Route = ["route", "name", "subject", "shows", "others", "ticket"];

    public static readonly string[] Announcement = ["principal", "operation", "from", "to", "reason"];

    public static readonly string[] Table = ["table", "name", "subject", "shows", "others"];

    public static readonly string[] Networks = ["country", "asn", "hosting", "home"];

    public static readonly string[] Output =
    [
        "kind", "path", "url", "secret", "secret-env", "secret-file", "body", "host", "port", "transport", "least",
        "security", "from", "to", "user", "trust", "pause",
    ];

    public static readonly string[] Languages = ["en", "ko"];

    public static IReadOnlyList<string> Formats => FormatCatalog.Names;

    private static readonly string[] Access =
    [
        "time", "request", "client", "forwarded", "method", "target", "query", "status", "bytes", "duration",
        "agent", "referrer", "user", "credential", "key", "account", "principal", "token", "expires", "session",
    ];

    private static readonly string[] Issuer =
    [
        "time", "credential", "account", "key", "expires", "client", "event", "token", "request", "forwarded", "agent",
        "user", "principal", "session",
    ];

    private static readonly string[] Audit =
    [
        "time", "session", "principal", "client", "statement", "object", "parameters", "rows", "user", "account",
        "request", "duration", "bytes", "status", "event",
    ];

    private static readonly string[] Flow =
        ["time", "from", "to", "port", "bytes", "duration", "client", "principal", "request"];

    /// <summary>What a source of a kind may give.</summary>
    public static IReadOnlyList<string> Fields(SourceKind kind) => kind switch
    {
        SourceKind.Issuer => Issuer,
        SourceKind.Audit => Audit,
        SourceKind.Flow => Flow,
        _ => Access,
    };

    public static readonly IReadOnlyList<string> AllFields =
        [.. Access.Concat(Issuer).Concat(Audit).Concat(Flow).Distinct()];
}
