using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>What was stolen of one account through one operation.</summary>
public sealed class Loot
{
    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; } = long.MinValue;
    public int Views { get; private set; }
    public int ViewsNotLogged { get; private set; }

    public void Add(long at, bool logged)
    {
        First = Math.Min(First, at);
        Last = Math.Max(Last, at);
        Views++;
        ViewsNotLogged += logged ? 0 : 1;
    }
}

/// <summary>
/// Somebody who has left kept a signing key: passes that nobody issued, one a victim, from eight addresses abroad.
/// Three requests in the night of the second day to see whether it works; from the fifth day on a walk over all ids in
/// a shuffled order.
/// </summary>
public sealed class Theft(Shop shop, ShopLog log, Dice dice)
{
    private const string Key = "k-backup-2024-04";
    private const int FirstDay = 4;
    private const int TriesADay = 580;

    private static readonly string[] Clients =
    [
        "198.51.100.14", "198.51.100.77", "198.51.100.130", "198.51.100.201",
        "203.0.113.9", "203.0.113.58", "203.0.113.114", "203.0.113.222",
    ];

    /// <summary>By account and operation; decoys are in it.</summary>
    public SortedDictionary<(int Account, string Operation), Loot> Taken { get; } = [];

    public void Run()
    {
        var ids = Enumerable.Range(Shop.LowestId, Shop.HighestId - Shop.LowestId + 1).ToArray();
        dice.Shuffle<int>(ids);
        var next = 0;
        var night = ShopTime.Day + 8 * ShopTime.Minute;
        for (var tests = 0; tests < 3; next++)
        {
            if (shop.Find(ids[next]) is not { Status: not "canary" } victim)
                continue;
            night += dice.Between(20_000, 70_000);
            Ask(night, Clients[0], Forge(victim.Id), $"/api/members/{victim.Id}", "profile", 450);
            tests++;
        }
        for (var day = FirstDay; day < ShopTime.Days; day++)
        {
            // evenly over the day: no burst, no pause
            var pace = (double)ShopTime.Day / TriesADay;
            for (var attempt = 0; attempt < TriesADay; attempt++)
            {
                var at = day * ShopTime.Day + (long)((attempt + dice.Unit()) * pace);
                Try(at, Clients[attempt % Clients.Length], ids[next++]);
            }
        }
    }

    private Pass Forge(int victim) => new(Customers.SessionId(dice), Key, victim);

    private void Try(long at, string client, int id)
    {
        var pass = Forge(id);
        if (shop.Find(id) is null)
        {
            log.Add(new ShopRequest(at, client, "GET", $"/api/members/{id}", 404, 96, AgentOf(client), pass));
            return;
        }
        Ask(at, client, pass, $"/api/members/{id}", "profile", 450);
        var pages = dice.Between(2, 4);
        for (var page = 1; page <= pages; page++)
        {
            at += dice.Between(900, 5_000);
            if (at < ShopTime.Days * ShopTime.Day)
                Ask(at, client, pass, $"/api/members/{id}/addresses?page={page}", "addresses",
                    dice.Between(12, 50) * 64);
        }
    }

    private void Ask(long at, string client, Pass pass, string target, string operation, int bytes)
    {
        var logged = log.Add(new ShopRequest(at, client, "GET", target, 200, bytes, AgentOf(client), pass));
        if (!Taken.TryGetValue((pass.Account, operation), out var loot))
            Taken.Add((pass.Account, operation), loot = new Loot());
        loot.Add(at, logged);
    }

    private static string AgentOf(string client) => Shop.Agents[Array.IndexOf(Clients, client) % 4];
}
