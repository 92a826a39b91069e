using WhoSaw.Cli.Outputs;
using WhoSaw.Detection;
using WhoSaw.Detection.Findings;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;

namespace WhoSaw.Cli;

/// <summary>A <c>whosaw.yaml</c> that was understood whole.</summary>
public sealed record Configuration
{
    /// <summary>The file, as it was named.</summary>
    public required string Path { get; init; }

    /// <summary>The absolute folder that relative paths start from.</summary>
    public required string Directory { get; init; }
    public IReadOnlyList<SourceOptions> Sources { get; init; } = [];
    public IReadOnlyList<RouteOptions> Routes { get; init; } = [];
    public IReadOnlyList<TableOptions> Tables { get; init; } = [];

    /// <summary>Absolute; null when none is configured.</summary>
    public string? AccountsPath { get; init; }
    public string? PeoplePath { get; init; }
    public string? KeysPath { get; init; }

    /// <summary>What is known of addresses.</summary>
    public PlaceOptions Places { get; init; } = new();

    /// <summary>Where findings go besides the page.</summary>
    public IReadOnlyList<OutputOptions> Outputs { get; init; } = [];

    /// <summary>Work that was announced, so that its volume is no finding.</summary>
    public IReadOnlyList<Announcement> Announcements { get; init; } = [];

    /// <summary>The settings of the detectors.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>For times without an offset, and for what people read.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Of text for people: <c>en</c> or <c>ko</c>; empty when not said.</summary>
    public string Language { get; init; } = "";
}

/// <summary>Something in a configuration that cannot be understood or used. Line and column count from 1.</summary>
public sealed record ConfigurationFault(string File, int Line, int Column, string Sentence)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Sentence}";
}
