using WhoSaw.Cli.Outputs;
using WhoSaw.Detection;
using WhoSaw.Detection.Findings;
using WhoSaw.Intake;
using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// A run, understood in full before a line of log is read: which files, which routes, whose accounts.
/// </summary>
internal sealed record ScanPlan
{
    public required IReadOnlyList<SourceOptions> Sources { get; init; }
    public required IReadOnlyList<RouteOptions> Routes { get; init; }
    public IReadOnlyList<TableOptions> Tables { get; init; } = [];
    public required TimeZoneInfo Zone { get; init; }
    public required string BaseDirectory { get; init; }
    public string Language { get; init; } = "en";
    public string? AccountsPath { get; init; }
    public string? PeoplePath { get; init; }
    public string? KeysPath { get; init; }

    public PlaceOptions Places { get; init; } = new();

    public IReadOnlyList<OutputOptions> Outputs { get; init; } = [];

    public IReadOnlyList<Announcement> Announcements { get; init; } = [];

    /// <summary>The settings of the detectors.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>The detectors that look; null: all. For <c>score</c>, which asks what one does by itself.</summary>
    public IReadOnlySet<string>? Detectors { get; init; }

    /// <summary>Logs named on the command line that could not be understood; the rest is read.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Without a configuration: what was assumed of the logs.</summary>
    public Assumed? Assumed { get; init; }

    /// <summary>In the order of their numbers, without the login: routes, then tables.</summary>
    public IEnumerable<Operation> Operations =>
        Routes.Select(route => route.ToOperation()).Concat(Tables.Select(table => table.ToOperation()));

    public IntakeOptions ToIntake(ScanRequest request, AddressPlaces? places) => new()
    {
        Threads = request.Threads,
        KeepAll = request.KeepAll,
        Tables = Tables,
        Places = places,
        From = request.From,
        To = request.To,
    };

    /// <param name="options">Other settings than <see cref="Detection"/>.</param>
    public DetectorSet ToDetectors(
        Catalog catalog, AccountDirectory accounts, KeyRegister keys, AddressPlaces? places,
        DetectionOptions? options = null)
    {
        var hasIssuer = Sources.Any(source => source.Kind == SourceKind.Issuer);
        var context = new DetectionContext(catalog, accounts, keys, Zone, hasIssuer)
        {
            OfAddresses = (Places.KnowsHosting ? Trait.Hosting : Trait.None)
                | (Places.KnowsCountries ? Trait.Foreign : Trait.None),
            SystemOf = places is not null && Places.SystemPath is not null ? places.SystemNameOf : null,
        };
        return new DetectorSet(
            context, (options ?? Detection) with { Announcements = Announcements, Only = Detectors });
    }

    public static ScanPlan Of(Configuration configuration) => new()
    {
        Sources = configuration.Sources,
        Routes = configuration.Routes,
        Tables = configuration.Tables,
        Zone = configuration.Zone,
        BaseDirectory = configuration.Directory,
        Language = configuration.Language,
        AccountsPath = configuration.AccountsPath,
        PeoplePath = configuration.PeoplePath,
        KeysPath = configuration.KeysPath,
        Places = configuration.Places,
        Outputs = configuration.Outputs,
        Announcements = configuration.Announcements,
        Detection = configuration.Detection,
    };
}

/// <summary>What was assumed where nothing was configured, and on what grounds.</summary>
internal sealed record Assumed(IReadOnlyList<string> Sentences, IReadOnlyList<InferredRoute> Routes);
