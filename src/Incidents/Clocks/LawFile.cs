using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhoSaw.Incidents.Clocks;

/// <summary>
/// A file of laws/ as it is written (docs/formats/laws.md; keep in sync). Lists have setters: a generated reader would
/// put null into an init-only one that is absent.
/// </summary>
internal sealed record LawFile
{
    public required string Jurisdiction { get; init; }
    public required Bilingual Name { get; init; }

    /// <summary>The zone in which days begin and end.</summary>
    public required string Zone { get; init; }

    /// <summary>The name of a file in laws/holidays; null where no duty counts working days.</summary>
    public string? Holidays { get; init; }

    /// <summary>The day on which somebody last held this against its sources.</summary>
    public required string AsOf { get; init; }
    public required Dictionary<string, string> Sources { get; init; }

    /// <summary>What was not verified of the whole file; shown with every clock of it.</summary>
    public string[] NotVerified { get; set; } = [];
    public required DutyEntry[] Duties { get; init; }
}

/// <summary>A duty through the years.</summary>
internal sealed record DutyEntry
{
    public required string Id { get; init; }
    public required Bilingual What { get; init; }
    public required Bilingual To { get; init; }
    public required Addressee Addressee { get; init; }
    public required VersionEntry[] Versions { get; init; }
}

/// <summary>A duty as it was from a day on, until the next version of it or <see cref="Until"/>.</summary>
internal sealed record VersionEntry
{
    /// <summary>Null: not in force, the day is not set.</summary>
    public string? InForce { get; init; }

    /// <summary>The first day on which it is no longer in force, where no version follows.</summary>
    public string? Until { get; init; }
    public required string Clause { get; init; }
    public required string[] Source { get; init; }
    public required string Grade { get; init; }
    public string[] Unverified { get; set; } = [];
    public required JsonElement Applies { get; init; }
    public string[] Starts { get; set; } = [];
    public string? StartsWithNotice { get; init; }
    public string[] CautiousFrom { get; set; } = [];
    public string[] Each { get; set; } = [];
    public string? AfterNotice { get; init; }
    public required DeadlineEntry Deadline { get; init; }

    /// <summary>Events that meet it instead of a notice.</summary>
    public string[] MetBy { get; set; } = [];
    public string[] EndsOn { get; set; } = [];
    public string? ReplacedBy { get; init; }
    public string[] Contents { get; set; } = [];
    public string[] UnknownAllowed { get; set; } = [];
    public Bilingual? Remark { get; init; }
}

/// <summary>How long, counted how.</summary>
internal sealed record DeadlineEntry
{
    public required DeadlineKind Kind { get; init; }
    public int N { get; init; }

    /// <summary>Where a guideline names a range: the last day of it; <see cref="N"/> is the one to plan with.</summary>
    public int? UpTo { get; init; }

    /// <summary>Whether the day of the start is counted.</summary>
    public FirstDay FirstDay { get; init; }

    /// <summary>Whether a last day that is no working day moves to the next one.</summary>
    public bool Rolls { get; init; }
}

/// <summary>A text for people in both languages.</summary>
public sealed record Bilingual(string En, string Ko)
{
    public string In(Scoping.Reports.Language language) =>
        language == Scoping.Reports.Language.Korean ? Ko : En;
}

/// <summary>To whom a duty is owed.</summary>
public enum Addressee
{
    Regulator,
    People,
    Public,
    Client,
    Internal,
}

/// <summary>A file of laws/holidays.</summary>
internal sealed record HolidayFile
{
    public required string Name { get; init; }
    public required string Source { get; init; }
    public required string Grade { get; init; }
    public string[] Unverified { get; set; } = [];

    /// <summary>The years for which the list is complete.</summary>
    public required int[] Years { get; init; }
    public required Dictionary<string, string> Days { get; init; }
}

[JsonSerializable(typeof(LawFile))]
[JsonSerializable(typeof(HolidayFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    Converters = [typeof(KebabCaseConverter<DeadlineKind>), typeof(KebabCaseConverter<Addressee>),
        typeof(KebabCaseConverter<FirstDay>)])]
internal sealed partial class LawJson : JsonSerializerContext;

internal sealed class KebabCaseConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
