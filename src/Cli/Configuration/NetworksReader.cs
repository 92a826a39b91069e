using WhoSaw.Intake.Places;

namespace WhoSaw.Cli;

/// <summary>Reads <c>networks</c>: what is known of addresses.</summary>
internal sealed class NetworksReader(string folder, FaultList faults)
{
    public PlaceOptions Read(YamlValue? value)
    {
        if (value is null)
            return new PlaceOptions();
        var section = new Section(value, "'networks'", KnownWords.Networks, faults);
        var home = new List<string>();
        foreach (var item in section.List("home"))
        {
            if (item.Kind == YamlKind.Text && item.Text.Length == 2 && item.Text.All(char.IsAsciiLetter))
                home.Add(item.Text.ToUpperInvariant());
            else
                faults.Add(item, "a country is its code of two letters, like KR");
        }
        if ((section.Value("country") is null) != (section.Value("home") is null))
            faults.Add(
                value, "'country' and 'home' need each other: a table of countries, and those that are not abroad");
        return new PlaceOptions
        {
            CountryPath = section.NamedFile("country", folder),
            SystemPath = section.NamedFile("asn", folder),
            HostingPath = section.NamedFile("hosting", folder),
            Home = home,
        };
    }
}
