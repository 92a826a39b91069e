using System.Globalization;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>
/// Honest customers: they browse, log in, look at their own data, and come back within the month on the same pass.
/// </summary>
public sealed class Customers(Shop shop, ShopLog log, Dice dice)
{
    private const int DaysBefore = 30;
    private const int LoginsADay = 175;
    private const string UsualKey = "k-main-2025-01";
    private const string BackupKey = "k-backup-2024-04";

    // share of the visits, by hour
    private static readonly int[] Hours =
        [.. Enumerable.Range(0, 24).SelectMany(hour => Enumerable.Repeat(hour, ShareOf(hour)))];

    public void Live()
    {
        // passes of the month before; the fresher ones are still used
        for (var day = -DaysBefore; day < 0; day++)
            for (var visit = 0; visit < LoginsADay / 6; visit++)
            {
                var (pass, home, account) = Issue(TimeOn(day));
                // a pass lives 30 days, so the oldest have run out
                if (day > -DaysBefore)
                    Return(pass, home, account, dice.Between(0, DaysBefore - 1 + day));
            }
        for (var day = 0; day < ShopTime.Days; day++)
        {
            for (var visit = 0; visit < LoginsADay; visit++)
                Visit(TimeOn(day));
            for (var request = 0; request < 30; request++)
                Crawl(TimeOn(day));
        }
    }

    private static int ShareOf(int hour) => hour switch
    {
        0 => 3,
        < 6 => 1,
        < 9 => 4,
        < 18 => 6,
        < 23 => 9,
        _ => 6,
    };

    private long TimeOn(int day) =>
        day * ShopTime.Day + dice.Pick(Hours) * ShopTime.Hour + dice.Below((int)ShopTime.Hour);

    private (Pass Pass, string Client, ShopAccount Account) Issue(long at)
    {
        var account = dice.Pick(shop.Active);
        var client = dice.Chance(0.6) ? account.Home : Shop.CarrierAddress(dice);
        var pass = new Pass(SessionId(dice), dice.Chance(0.02) ? BackupKey : UsualKey, account.Id);
        log.AddIssued(at, pass, client);
        return (pass, client, account);
    }

    public static string SessionId(Dice dice) => dice.Next().ToString("x16", CultureInfo.InvariantCulture);

    private void Visit(long at)
    {
        if (dice.Chance(0.05))
            Request(new ShopRequest(at - 30 * ShopTime.Second, dice.Pick(shop.Active).Home, "POST", "/api/login",
                401, 96, dice.Pick(Shop.Agents)));
        var (pass, client, account) = Issue(at);
        if (dice.Chance(0.5))
            Request(new ShopRequest(at - dice.Between(8, 90) * ShopTime.Second, client, "GET", "/login",
                200, 4120, account.Agent));
        // the issuer writes first; the gateway's line follows within two seconds
        var login = at + dice.Between(15, 1950);
        Request(new ShopRequest(login, client, "POST", "/api/login", 200, 612, account.Agent, pass));
        Browse(login, dice.Between(2, 7), pass, client, account);
        if (dice.Chance(0.25))
            Return(pass, client, account, (int)(at / ShopTime.Day) + dice.Between(1, 5));
    }

    private void Return(Pass pass, string client, ShopAccount account, int day)
    {
        if (day >= ShopTime.Days)
            return;
        Browse(TimeOn(day), dice.Between(1, 5), pass, dice.Chance(0.8) ? client : Shop.CarrierAddress(dice), account);
    }

    private void Browse(long at, int pages, Pass pass, string client, ShopAccount account)
    {
        for (var page = 0; page < pages; page++)
        {
            at += dice.Between(4_000, 90_000);
            var (target, bytes) = Page(account.Id, first: page == 0);
            var status = dice.Below(400) switch { 0 => 500, 1 => 502, 2 => 404, 3 => 401, _ => 200 };
            Request(new ShopRequest(at, client, "GET", target, status, status == 200 ? bytes : 180,
                account.Agent, pass));
        }
    }

    private (string Target, int Bytes) Page(int account, bool first)
    {
        var draw = first ? dice.Below(70) : dice.Below(100);
        return draw switch
        {
            < 20 => ("/", 38_952),
            < 50 => ($"/products/{dice.Between(1000, 3999)}", dice.Between(90, 199) * 100),
            < 62 => ($"/search?q={dice.Between(100, 399)}", dice.Between(60, 120) * 100),
            < 70 => ("/cart", dice.Between(10, 25) * 64),
            < 80 => ("/api/orders", dice.Between(8, 80) * 96),
            < 88 => ($"/api/members/{account}", 450),
            < 97 => ($"/api/members/{account}/addresses", dice.Between(5, 30) * 64),
            _ => ($"/api/members/{account}/addresses/{dice.Between(1, 3)}/edit", 740),
        };
    }

    private void Request(ShopRequest request)
    {
        // what falls before the first midnight or after the last is not in these logs
        if (request.At is >= 0 and < ShopTime.Days * ShopTime.Day)
            log.Add(request);
    }

    private void Crawl(long at) =>
        Request(new ShopRequest(at, $"192.0.2.{dice.Between(17, 24)}", "GET", $"/products/{dice.Between(1000, 4199)}",
            dice.Chance(0.06) ? 404 : 200, dice.Between(90, 199) * 100, "ExampleBot/2.1 (+https://example.com/bot)"));
}
