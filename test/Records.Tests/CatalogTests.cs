namespace WhoSaw.Records.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Login_is_operation_zero_and_the_configured_follow()
    {
        var catalog = new Catalog([new Operation("orders", []), new Operation("profile", [])]);
        Assert.Equal(["login", "orders", "profile"], catalog.Operations.Select(operation => operation.Name));
    }

    [Fact]
    public void A_stream_is_known_by_its_source_and_name()
    {
        var catalog = new Catalog([]);
        var gateway = catalog.AddSource("gateway");
        var issuer = catalog.AddSource("issuer");
        var first = catalog.AddStream(gateway, "gw1");
        Assert.Equal(first, catalog.AddStream(gateway, "gw1"));
        Assert.NotEqual(first, catalog.AddStream(gateway, "gw2"));
        Assert.NotEqual(first, catalog.AddStream(issuer, "gw1"));
        Assert.Equal(3, catalog.Streams.Count);
        Assert.Equal(["gateway", "issuer"], catalog.Sources);
    }

    [Fact]
    public void Every_file_gets_a_number_even_with_the_name_of_another()
    {
        var catalog = new Catalog([]);
        var stream = catalog.AddStream(catalog.AddSource("gateway"), "gw1");
        Assert.Equal(0, catalog.AddFile(stream, "logs/gw1.log"));
        Assert.Equal(1, catalog.AddFile(stream, "logs/gw1.log"));
        Assert.Equal("logs/gw1.log", catalog.Files[1].Path);
    }
}
