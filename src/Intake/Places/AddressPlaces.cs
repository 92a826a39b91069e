using System.Net;
using MaxMind.Db;
using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Records;

namespace WhoSaw.Intake.Places;

/// <summary>
/// Says of an address whether it is of a hosting network and whether it is abroad. Asked once for each address of a
/// run; one thread.
/// </summary>
public sealed class AddressPlaces : IDisposable
{
    private readonly Reader? _countries;
    private readonly Reader? _systems;
    private readonly HostingRanges _hosting;
    private readonly HashSet<string> _home;

    private AddressPlaces(Reader? countries, Reader? systems, HostingRanges hosting, IReadOnlyList<string> home)
    {
        (_countries, _systems, _hosting) = (countries, systems, hosting);
        _home = home.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The tables, or what is wrong with their files; null and no faults where nothing is configured.
    /// </summary>
    public static (AddressPlaces? Places, IReadOnlyList<FileFault> Faults) Load(PlaceOptions options)
    {
        if (options.CountryPath is null && options.SystemPath is null && options.HostingPath is null)
            return (null, []);
        var faults = new List<FileFault>();
        var hosting = options.HostingPath is { } path ? HostingRanges.Read(path, faults) : HostingRanges.Empty;
        if (hosting.HasSystems && options.SystemPath is null)
            faults.Add(new FileFault(options.HostingPath!, 0,
                "autonomous systems are listed, and no table of them is configured: name one as 'asn'"));
        var countries = Open(options.CountryPath, faults);
        var systems = Open(options.SystemPath, faults);
        if (faults.Count == 0)
            return (new AddressPlaces(countries, systems, hosting, options.Home), []);
        countries?.Dispose();
        systems?.Dispose();
        return (null, faults);
    }

    /// <summary>The traits of an address in its normal form; none for what is no address, or a private one.</summary>
    public Trait Of(ReadOnlySpan<byte> client)
    {
        if (!AddressText.IsPublic(client) || !IPAddress.TryParse(System.Text.Encoding.ASCII.GetString(client),
            out var address))
            return Trait.None;
        var traits = Trait.None;
        if (_hosting.Holds(address)
            || _hosting.HasSystems && SystemOf(address) is { } system && _hosting.Holds(system))
            traits |= Trait.Hosting;
        // an address of no known country is not thereby abroad
        if (_home.Count > 0 && CountryOf(address) is { } country && !_home.Contains(country))
            traits |= Trait.Foreign;
        return traits;
    }

    /// <summary>The autonomous system of an address, as <c>AS64500</c>; null where no table knows one.</summary>
    public string? SystemNameOf(ReadOnlySpan<byte> client) =>
        _systems is not null && AddressText.IsPublic(client)
        && IPAddress.TryParse(System.Text.Encoding.ASCII.GetString(client), out var address)
        && SystemOf(address) is { } system
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"AS{system}")
            : null;

    public void Dispose()
    {
        _countries?.Dispose();
        _systems?.Dispose();
    }

    /// <summary>MaxMind's tables nest the code; those of others have it flat.</summary>
    private string? CountryOf(IPAddress address)
    {
        if (_countries?.Find<Dictionary<string, object>>(address) is not { } found)
            return null;
        return found.GetValueOrDefault("country") switch
        {
            IDictionary<string, object> country =>
                country.TryGetValue("iso_code", out var code) ? code as string : null,
            string flat => flat,
            _ => found.GetValueOrDefault("country_code") as string,
        };
    }

    private long? SystemOf(IPAddress address)
    {
        if (_systems?.Find<Dictionary<string, object>>(address) is not { } found)
            return null;
        return (found.GetValueOrDefault("autonomous_system_number") ?? found.GetValueOrDefault("asn")) switch
        {
            string text => HostingRanges.SystemNumber(text),
            null => null,
            var number => Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static Reader? Open(string? path, List<FileFault> faults)
    {
        if (path is null)
            return null;
        try
        {
            return new Reader(path, FileAccessMode.Memory);
        }
        catch (Exception fault) when (fault is InvalidDatabaseException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            faults.Add(new FileFault(path, 0, "this does not read as an MMDB file"));
            return null;
        }
    }
}
