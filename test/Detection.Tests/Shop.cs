using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

/// <summary>
/// Ordinary days of a small shop, drawn from a seed: 10,000 customers, most of them at home, one in five behind a
/// carrier's addresses; two sessions in three begin with a log-in, some are remembered, and a few open with a page of
/// personal data.
/// </summary>
internal sealed class Shop
{
    private static readonly string[] Agents =
        ["ShopApp/7.1 (Android 15)", "ShopApp/7.0 (iOS 18)", "Mozilla/5.0 (Linux) Chrome/136.0 Safari/537.36",
            "Mozilla/5.0 (X11) Firefox/138.0"];

    private readonly Random _random;
    private ulong _credential;

    public Shop(int seed)
    {
        _random = new Random(seed);
        _credential = (ulong)seed << 48;
    }

    public World World { get; } = Some.World().WithDormant(Enumerable.Range(1, 100).Select(i => 100L * i));

    /// <summary>Of the issuer's records so many are lost; all of them without an issuer's log.</summary>
    public double Losses { get; init; } = 1;

    /// <summary>The issuer's log holds nothing of this stretch.</summary>
    public (EventTime From, EventTime To)? Silence { get; init; }

    /// <summary>So many sessions open with a page of personal data.</summary>
    public double FirstPages { get; init; } = 0.03;

    /// <summary>So many open with another page and never log in.</summary>
    public double Browses { get; init; } = 0.32;

    public static EventTime Start => Some.Time("2025-04-14T00:00:00Z");

    public static string Carrier(int number) => $"198.51.{number >> 8}.{number & 0xFF}";

    /// <summary>Ordinary sessions, evenly over so many days.</summary>
    public Shop Serve(int sessions, int days = 5)
    {
        for (var i = 0; i < sessions; i++)
        {
            var account = _random.Next(1, 10_000);
            var client = account % 5 == 0 ? Carrier(_random.Next(60)) : Some.Client(account);
            Session(
                Start.Plus(_random.NextInt64(days * EventTime.Day)),
                new Visit(NewCredential(), account, client, Agents[account % Agents.Length]));
        }
        return this;
    }

    /// <summary>One ordinary session.</summary>
    public void Session(EventTime at, Visit visit)
    {
        if (_random.NextDouble() >= Losses && !(Silence is var (from, to) && at >= from && at < to))
            World.Issue(at, visit);
        var opens = _random.NextDouble();
        if (opens >= FirstPages)
            _ = opens > FirstPages + Browses ? World.Login(at, visit) : World.Browse(at, visit);
        var pages = _random.Next(1, 4);
        for (var page = 0; page < pages; page++)
            World.Read(
                at.Plus((page + 1) * 20 * EventTime.Second), visit, operation: page == 1 ? "addresses" : "profile");
    }

    /// <summary>
    /// Forged passes: each opens with the personal data of another account, from one of the addresses.
    /// </summary>
    public Shop Rob(EventTime from, int accounts, params string[] addresses)
    {
        for (var i = 0; i < accounts; i++)
        {
            var visit = new Visit(
                NewCredential(), 5001 + 7 * i % 4999, addresses[i % addresses.Length],
                Agents[i / addresses.Length % Agents.Length]);
            World.Read(from.Plus(i * EventTime.Minute), visit);
        }
        return this;
    }

    public ulong NewCredential() => _credential += 0x9E3779B97F4A7C15UL;
}
