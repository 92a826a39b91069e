namespace WhoSaw.Intake.Sources;

/// <summary>What the lines of a source tell of.</summary>
public enum SourceKind : byte
{
    /// <summary>Requests: who asked for what.</summary>
    Access,

    /// <summary>Credentials that were given out.</summary>
    Issuer,

    /// <summary>Statements on a database.</summary>
    Audit,

    /// <summary>Bytes between hosts.</summary>
    Flow,
}

/// <summary>A kind of log, as configured.</summary>
public sealed record SourceOptions
{
    public required string Id { get; init; }
    public SourceKind Kind { get; init; }

    /// <summary>A file or a pattern of files: see <see cref="SourceFiles"/>.</summary>
    public required string Path { get; init; }

    /// <summary>A known format's name or a format string.</summary>
    public required string Format { get; init; }

    /// <summary>Our field names to those of the log (<c>a.b.c</c> reaches inside).</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The zone of times that do not say theirs.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// How many proxies of the company's own append to the forwarded header; 0: the header is not believed.
    /// </summary>
    public int TrustedProxies { get; init; }
}
