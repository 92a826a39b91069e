using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Guessing;

public sealed class GuessedPasswordsTests
{
    private const string Tool = "Mozilla/5.0 (Windows NT 10.0) Chrome/133.0.0.0";

    private static EventTime At(int second) => Shop.Start.Plus(2 * EventTime.Day + second * EventTime.Second);

    private static string Proxy(int number) => $"203.0.{113 + number / 200}.{1 + number % 200}";

    /// <summary>A thousand members at home, one in ten of whom mistypes; some use the thief's browser.</summary>
    internal static World Honest()
    {
        var world = Some.World();
        for (var i = 0; i < 1000; i++)
        {
            var visit = new Visit(
                (ulong)(10_000 + i), Some.Scattered(i),
                $"192.0.2.{i % 200}", i % 5 == 0 ? Tool : "ShopApp/7.1 (Android 15)");
            for (var wrong = i % 10 == 0 ? 1 + i / 10 % 4 : 0; wrong > 0; wrong--)
                world.Login(At(i * 120 - wrong), visit with { Credential = 0 }, Outcome.Refused);
            world.Login(At(i * 120), visit).Read(At(i * 120 + 5), visit);
        }
        return world;
    }

    /// <summary>Tries from many addresses; every fiftieth opens an account, which is read.</summary>
    internal static World Guess(World world, int tries, int addresses, int openEvery = 50)
    {
        for (var i = 0; i < tries; i++)
        {
            var visit = new Visit((ulong)(900_000 + i), Some.Scattered(50_000 + i),
                Proxy((i * 7 + i / addresses) % addresses), Tool);
            if (i % openEvery != openEvery - 1)
                world.Login(At(3600 + i * 5), visit with { Credential = 0 }, Outcome.Refused);
            else
                world.Login(At(3600 + i * 5), visit).Read(At(3600 + i * 5 + 1), visit);
        }
        return world;
    }

    [Fact]
    public void People_who_mistype_raise_nothing() => Assert.Empty(Honest().Findings());

    [Fact]
    public void Stolen_passwords_are_found_while_they_are_tried_and_tied_to_the_addresses()
    {
        var finding = Assert.Single(Guess(Honest(), tries: 1000, addresses: 90).Findings());

        Assert.Equal(("guessed-passwords", "T1110.004", Severity.High),
            (finding.Detector, finding.Technique, finding.Severity));
        Assert.InRange(finding.Raised.Microseconds, At(3600).Microseconds, At(3600 + 1200).Microseconds);
        Assert.Contains($"'{Proxy(7)}'", finding.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.", finding.Where, StringComparison.Ordinal);
        Assert.EndsWith($" and agent = '{Tool}'", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_with_which_most_customers_come_is_in_where_its_addresses_guess_with_another()
    {
        var world = Guess(Honest(), tries: 1000, addresses: 90);
        var common = new Visit(990_000, Some.Scattered(60_000), Proxy(7), "ShopApp/7.1 (Android 15)");
        for (var i = 0; i < 8; i++)
            world.Login(At(9000 + i * 60), common with { Credential = 0 }, Outcome.Refused);
        world.Login(At(9600), common).Read(At(9601), common);
        // At home somebody came in once with the thief's browser, and mistyped later.
        var home = new Visit(990_001, Some.Scattered(60_001), "198.51.100.9", Tool);
        world.Login(At(9700), home).Login(At(9800), home with { Credential = 0 }, Outcome.Refused);

        var finding = Assert.Single(world.Findings());

        Assert.EndsWith(
            $" and agent in ('{Tool}', 'ShopApp/7.1 (Android 15)')", finding.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.9", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Tries_that_open_nothing_are_an_attempt()
    {
        var finding = Assert.Single(Guess(Honest(), tries: 400, addresses: 90, openEvery: 1000).Findings());

        Assert.Equal(Severity.Low, finding.Severity);
    }

    [Fact]
    public void An_app_whose_log_in_breaks_for_its_users_is_no_thief()
    {
        // They were here before, with sessions: a release made their log-ins fail, again and again.
        var world = Honest();
        for (var i = 0; i < 200; i++)
        {
            var visit = Some.Visit(30_000 + i) with { Client = $"198.51.100.{i}", Agent = "ShopApp/8.0 (Android 15)" };
            world.Read(At(-90_000 + i), visit);
            for (var again = 0; again < 6; again++)
                world.Login(At(7200 + i + again * 10), visit with { Credential = 0 }, Outcome.Refused);
            world.Login(At(20_000 + i), visit);
        }

        Assert.DoesNotContain(world.Findings(), finding => finding.Detector == "guessed-passwords");
    }
}
