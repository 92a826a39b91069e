using System.Text;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tests.Parsing;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Places;

public sealed class AddressPlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Countries() => Write("country.mmdb", SmallTable.Of("Country",
        ("203.0.113.0/25", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "KR" } }),
        ("203.0.113.128/25", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "US" } }),
        ("198.51.100.0/24", new() { ["country_code"] = "JP" })));

    private string Systems() => Write("asn.mmdb", SmallTable.Of("ASN",
        ("198.51.100.0/24", new() { ["autonomous_system_number"] = 64500u })));

    private static AddressPlaces Load(PlaceOptions options)
    {
        var (places, faults) = AddressPlaces.Load(options);
        Assert.Empty(faults);
        return places!;
    }

    [Theory]
    [InlineData("203.0.113.1", Trait.None)]
    [InlineData("203.0.113.200", Trait.Foreign)]
    [InlineData("198.51.100.7", Trait.Foreign)]
    [InlineData("192.0.2.1", Trait.None)]
    [InlineData("10.0.0.1", Trait.None)]
    [InlineData("no address", Trait.None)]
    public void An_address_of_another_country_is_abroad(string address, Trait traits)
    {
        using var places = Load(new PlaceOptions { CountryPath = Countries(), Home = ["KR"] });
        Assert.Equal(traits, places.Of(Encoding.ASCII.GetBytes(address)));
    }

    [Theory]
    [InlineData("203.0.113.64", Trait.Hosting)]
    [InlineData("203.0.113.127", Trait.Hosting)]
    [InlineData("203.0.113.128", Trait.None)]
    [InlineData("203.0.113.9", Trait.Hosting)]
    [InlineData("2001:db8:7::1", Trait.Hosting)]
    [InlineData("2001:db8:8::1", Trait.None)]
    [InlineData("198.51.100.7", Trait.Hosting)]
    public void Hosting_networks_are_ranges_and_systems(string address, Trait traits)
    {
        var list = Write("hosting.txt", """
            # rented machines
            203.0.113.64/26    # one
            203.0.113.9
            2001:db8:7::/48
            AS64500
            """u8.ToArray());
        using var places = Load(new PlaceOptions { HostingPath = list, SystemPath = Systems() });
        Assert.Equal(traits, places.Of(Encoding.ASCII.GetBytes(address)));
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_line()
    {
        var list = Write("hosting.txt", "192.0.2.0/24\n192.0.2.0/33\n7\nAS64500\n"u8.ToArray());
        var (places, faults) = AddressPlaces.Load(new PlaceOptions
        {
            HostingPath = list,
            CountryPath = Write("no.mmdb", "no table"u8.ToArray()),
            Home = ["KR"],
        });
        Assert.Null(places);
        Assert.Equal([2, 3, 0, 0], faults.Select(fault => fault.Line));
    }

    [Fact]
    public void The_traits_of_an_address_stand_in_its_rows()
    {
        using var places = Load(new PlaceOptions { CountryPath = Countries(), Home = ["KR"] });
        var rows = new Logs(Logs.Source(SourceKind.Access, "combined"))
        {
            Options = new IntakeOptions { Threads = 1, KeepAll = true, Places = places },
        }.Read(
            "203.0.113.1 - - [14/Apr/2025:09:00:00 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\"",
            "203.0.113.201 - - [14/Apr/2025:09:00:01 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\"");
        Assert.Equal([Trait.None, Trait.Foreign], rows.Select(row => row.Traits));
    }

    [Fact]
    public void What_the_route_says_of_a_row_stays_beside_it()
    {
        using var places = Load(new PlaceOptions { CountryPath = Countries(), Home = ["KR"] });
        var rows = new Logs(Logs.Source(SourceKind.Access, "combined"))
        {
            Routes =
            [
                new RouteOptions
                {
                    Method = "GET", Template = "/admin/{subject}", Name = "admin", Shows = [new DataCategory("name")],
                    Ticket = "ticket",
                },
            ],
            Options = new IntakeOptions { Threads = 1, Places = places },
        }.Read(
            "203.0.113.1 - - [14/Apr/2025:09:00:00 +0000] \"GET /admin/7 HTTP/1.1\" 200 1 \"-\" \"x\"",
            "203.0.113.201 - - [14/Apr/2025:09:00:01 +0000] \"GET /admin/9 HTTP/1.1\" 200 1 \"-\" \"x\"",
            "203.0.113.201 - - [14/Apr/2025:09:00:02 +0000] \"GET /admin/8?ticket=T1 HTTP/1.1\" 200 1 \"-\" \"x\"");
        Assert.Equal(
            [Trait.NoTicket, Trait.NoTicket | Trait.Foreign, Trait.Foreign], rows.Select(row => row.Traits));
    }
}
