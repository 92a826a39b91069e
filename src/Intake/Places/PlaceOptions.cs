namespace WhoSaw.Intake.Places;

/// <summary>
/// What is known of addresses, as configured. Paths are absolute; null where a file is not configured.
/// </summary>
public sealed record PlaceOptions
{
    /// <summary>An MMDB file that says the country of an address.</summary>
    public string? CountryPath { get; init; }

    /// <summary>An MMDB file that says the autonomous system of an address.</summary>
    public string? SystemPath { get; init; }

    /// <summary>A list of hosting networks: a CIDR range or an autonomous system (<c>AS64500</c>) a line.</summary>
    public string? HostingPath { get; init; }

    /// <summary>Countries, by ISO 3166 code, that are not abroad.</summary>
    public IReadOnlyList<string> Home { get; init; } = [];

    public bool KnowsHosting => HostingPath is not null;
    public bool KnowsCountries => CountryPath is not null && Home.Count > 0;
}
