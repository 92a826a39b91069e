using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class ForgedPassTests
{
    private static readonly EventTime Night = Shop.Start.Plus(2 * EventTime.Day + 2 * EventTime.Hour);
    private static readonly string[] Thieves = ["192.0.2.5", "198.51.200.6", "203.0.113.7", "203.0.113.8"];

    /// <summary>How many accounts forged passes had read when the finding was raised.</summary>
    private static int AccountsAt(Finding finding) => (int)((finding.Raised - Night) / EventTime.Minute) + 1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_an_issuer_log_they_are_found_within_ten_accounts_an_address(int seed)
    {
        var shop = new Shop(seed).Serve(4000).Rob(Night, 40, "203.0.113.5");

        var finding = Assert.Single(shop.World.Findings());

        Assert.Equal(("suspicion", "T1550"), (finding.Detector, finding.Technique));
        Assert.Equal(("client", "203.0.113.5"), (finding.ActorKind, finding.ActorValue));
        Assert.InRange(AccountsAt(finding), 2, 10);
        Assert.Equal((Night, Night.Plus(39 * EventTime.Minute)), (finding.First, finding.Last));
    }

    [Fact]
    public void The_scope_is_the_addresses_of_the_thief_or_a_network_that_is_all_his()
    {
        var finding = Assert.Single(new Shop(4).Serve(4000).Rob(Night, 200, Thieves).World.Findings());

        Assert.Equal("client in ('192.0.2.5', '198.51.200.6') or network = '203.0.113.0/24'", finding.Where);
        // Each of four addresses, or a network with two, has to pass the threshold by itself.
        Assert.InRange(AccountsAt(finding), 2, 20);
    }

    [Fact]
    public void With_an_issuer_log_that_loses_one_in_a_hundred_they_are_found_sooner()
    {
        var shop = new Shop(5) { Losses = 0.01 }.Serve(4000).Rob(Night, 40, Thieves);
        shop.World.WithIssuer();

        var finding = Assert.Single(shop.World.Findings());

        Assert.Equal("suspicion", finding.Detector);
        Assert.InRange(AccountsAt(finding), 2, 12);
        Assert.StartsWith(
            "all", finding.Evidence.First(evidence => evidence.What == "no issuer record").Here,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_shared_addresses_a_trait_of_the_session_narrows_the_scope()
    {
        var carriers = Enumerable.Range(0, 12).Select(Shop.Carrier).ToArray();
        var shop = new Shop(6).Serve(6000).Rob(Night, 1200, carriers);
        // Whoever walks through accounts meets dormant ones, here every fifth: evidence beside the first page.
        shop.World.WithDormant(Enumerable.Range(0, 240).Select(i => 5001L + 35 * i % 4999));

        var finding = Assert.Single(shop.World.Findings());

        Assert.All(carriers, carrier => Assert.Contains($"'{carrier}'", finding.Where, StringComparison.Ordinal));
        Assert.Contains(" and first-page", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_shared_addresses_with_a_lossy_issuer_log_the_missing_record_narrows_it()
    {
        var carriers = Enumerable.Range(0, 12).Select(Shop.Carrier).ToArray();
        var shop = new Shop(7) { Losses = 0.01, FirstPages = 0.05 }.Serve(6000).Rob(Night, 1200, carriers);
        shop.World.WithIssuer();

        var finding = Assert.Single(shop.World.Findings());

        Assert.All(carriers, carrier => Assert.Contains($"'{carrier}'", finding.Where, StringComparison.Ordinal));
        Assert.Contains(" and unissued", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_issuers_log_is_silent_the_thief_goes_on_and_his_finding_with_him()
    {
        string[] addresses = ["203.0.113.5", "203.0.113.6", "203.0.113.7"];
        var shop = new Shop(7)
        {
            Losses = 0.01,
            FirstPages = 0.15,
            Silence = (Night.Plus(2 * EventTime.Hour), Night.Plus(4 * EventTime.Hour)),
        }.Serve(9000).Rob(Night, 600, addresses);
        shop.World.WithIssuer();

        var finding = Assert.Single(
            shop.World.Findings(), finding => finding is { Kind: FindingKind.Access, Severity: >= Severity.Medium });

        Assert.Equal("network = '203.0.113.0/24'", finding.Where);
    }

    [Fact]
    public void An_app_that_opens_with_the_profile_call_raises_nothing()
    {
        var shop = new Shop(8).Serve(4000);
        for (var i = 0; i < 1500; i++)
        {
            var visit = new Visit(shop.NewCredential(), 1 + i % 700, Some.Client(1 + i % 700), "Widget/2.0");
            shop.World.Read(Shop.Start.Plus(i * 4 * EventTime.Minute), visit);
        }

        Assert.Empty(shop.World.Findings());
    }

    [Fact]
    public void A_thief_with_software_of_his_own_does_not_make_it_ordinary()
    {
        var shop = new Shop(10).Serve(4000);
        for (var i = 0; i < 3000; i++)
        {
            // A hundred addresses, thirty accounts each.
            var visit = new Visit(shop.NewCredential(), 1 + i, Some.Client(60_000 + i % 100), "Widget/2.0");
            shop.World.Read(Shop.Start.Plus(i * 2 * EventTime.Minute), visit);
        }

        Assert.Equal("agent = 'Widget/2.0'", Assert.Single(shop.World.Findings()).Where);
    }

    [Fact]
    public void A_customer_with_a_bookmark_raises_nothing()
    {
        var shop = new Shop(9).Serve(4000);
        for (var day = 0; day < 5; day++)
            for (var i = 0; i < 6; i++)
                shop.World.Read(
                    Shop.Start.Plus(day * EventTime.Day + i * EventTime.Hour),
                    Some.Visit(77) with { Credential = shop.NewCredential() });

        Assert.Empty(shop.World.Findings());
    }

    /// <summary>Forged passes that open another page first, in logs that know who logged in.</summary>
    private static Shop OpensPagesFirst(int seed, int days)
    {
        // after some weeks hardly anybody's log-in is older than the logs
        var shop = new Shop(seed) { FirstPages = 0.02, Browses = 0.02 }.Serve(6000, days);
        var begin = Shop.Start.Plus((days - 2) * EventTime.Day);
        for (var i = 0; i < 40; i++)
        {
            var visit = new Visit(shop.NewCredential(), 20_000 + 977L * i * i % 9001, "203.0.113.5");
            shop.World.Browse(begin.Plus(i * EventTime.Minute), visit)
                .Read(begin.Plus(i * EventTime.Minute + 9 * EventTime.Second), visit);
        }
        return shop;
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Who_opens_another_page_first_still_never_logged_in(int seed)
    {
        var finding = Assert.Single(OpensPagesFirst(seed, days: 40).World.Findings());

        Assert.Equal(("suspicion", "client = '203.0.113.5'"), (finding.Detector, finding.Where));
        Assert.Equal("never logged in", finding.Evidence[0].What);
        Assert.InRange(
            (finding.Raised - Shop.Start.Plus(38 * EventTime.Day)) / EventTime.Minute + 1, 2, 12);
    }

    [Fact]
    public void Where_many_never_log_in_that_says_nothing()
    {
        var shop = new Shop(13) { Browses = 0.4 }.Serve(4000, days: 40);
        for (var i = 0; i < 40; i++)
        {
            var visit = new Visit(shop.NewCredential(), 20_000 + 977L * i * i % 9001, "203.0.113.5");
            shop.World.Browse(Night.Plus(i * EventTime.Minute), visit)
                .Read(Night.Plus(i * EventTime.Minute + 9 * EventTime.Second), visit);
        }

        Assert.Empty(shop.World.Findings());
    }

    [Fact]
    public void A_campaign_that_brings_dormant_accounts_back_through_one_carrier_is_no_theft()
    {
        var shop = new Shop(14).Serve(4000);
        for (var i = 0; i < 90; i++)
        {
            var visit = new Visit(shop.NewCredential(), 100L * (1 + i), Shop.Carrier(3));
            shop.World.Browse(Night.Plus(i * EventTime.Minute), visit)
                .Read(Night.Plus(i * EventTime.Minute + 9 * EventTime.Second), visit);
        }

        Assert.Empty(shop.World.Findings());
    }
}
