using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios;

/// <summary>A scenario by its name.</summary>
/// <param name="About">One line.</param>
/// <param name="Case">The documented case, or null.</param>
public sealed record ScenarioEntry(string Name, bool IsCrime, string About, string? Case)
{
    internal Func<World, CrimePlan, Crime>? Create { get; init; }

    /// <summary>
    /// The hour at which a node dies for six hours, so that a part of the crime is lost; −1: none dies.
    /// </summary>
    internal int DiesAt { get; init; } = 6;

    /// <summary>How exact a scope can be at best: an insider's own work lies between the reads of the crime.</summary>
    internal string? PrecisionFloor { get; init; }
}

/// <summary>Every scenario that can be simulated.</summary>
public static class ScenarioCatalog
{
    internal const string BulkInsider = "bulk-insider";
    internal const string Sale = "sale";
    internal const string Outage = "outage";
    internal const string ReleaseDay = "release-day";
    internal const string MarketingImport = "marketing-import";

    public static IReadOnlyList<ScenarioEntry> All { get; } =
    [
        Of("forged-passes", "passes that nobody issued, signed with a stolen backup key", "Coupang 2025", (w, p) =>
            new ForgedPasses(w, p)),
        Of("object-reference", "one valid session reads others' records", null, (w, p) =>
            new ObjectReference(w, p)) with { DiesAt = 18 },
        Of("cross-tenant", "a log-in fault shows one seller another's orderers", "Wing 2023", (w, p) =>
            new CrossTenant(w, p)) with { DiesAt = -1 },
        Of("over-sharing", "an interface gives more fields than it should, to everybody", "Eats 2019", (w, p) =>
            new OverSharing(w, p)),
        Of("curious-insider", "a support agent looks a few people up without a ticket", null, (w, p) =>
            new CuriousInsider(w, p)) with { DiesAt = 18, PrecisionFloor = "0.05" },
        Of(BulkInsider, "a support agent reads many people", null, (w, p) =>
            new Crimes.BulkInsider(w, p)) with { DiesAt = 0, PrecisionFloor = "0.85" },
        Of("stolen-service-account", "the delivery account, from a new network", null, (w, p) =>
            new StolenServiceAccount(w, p)),
        Of("credential-stuffing", "stolen passwords, one try each, from many addresses", null, (w, p) =>
            new CredentialStuffing(w, p)),
        Of("scraper", "patient collecting of what any member may see", null, (w, p) => new Scraper(w, p)),
        Of("database-outflow", "the subscriber table leaves in one session", "SK Telecom 2025", (w, p) =>
            new DatabaseOutflow(w, p)),
        Of("web-shell", "an exploit, a new script, archives of logs with resident numbers leave", "Lotte Card 2025",
            (w, p) => new WebShell(w, p)),
        Quiet("quiet", "nothing happens"),
        Quiet(Sale, "two days of a flash sale"),
        Quiet(Outage, "fifty minutes of failures and a rush of log-ins after them"),
        Quiet(ReleaseDay, "a new app that asks for the profile first"),
        Quiet(MarketingImport, "a new service reads a part of the members in one night, by right"),
    ];

    internal static string Names => string.Join(", ", All.Select(scenario => scenario.Name));

    public static ScenarioEntry? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    private static ScenarioEntry Of(
        string name, string about, string? documented, Func<World, CrimePlan, Crime> create) =>
        new(name, true, about, documented) { Create = create };

    private static ScenarioEntry Quiet(string name, string about) => new(name, false, about, null);
}
