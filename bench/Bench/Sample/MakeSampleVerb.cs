using System.Globalization;
using System.IO.Compression;
using System.Text;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>Writes the sample that the README scans, and the truth about it.</summary>
public static class MakeSampleVerb
{
    private const string Configuration = """
        # A synthetic shop: nobody in here exists. Addresses are from test, documentation and carrier space.
        # Made by: dotnet run --project bench/Bench -c Release -- make-sample --out samples/shop --seed 7
        version: 1
        sources:
          - id: gateway
            kind: access
            path: logs/gateway/{stream}-*.log.gz
            format: json
            fields: {time: ts, request: rid, client: ip, method: method, target: uri, status: status, bytes: bytes,
                     agent: ua, credential: sid, key: kid, account: uid, principal: who}
          - id: issuer
            kind: issuer
            path: logs/issuer/{stream}-*.log.gz
            format: json
            fields: {time: ts, credential: sid, account: uid, key: kid, expires: exp, client: ip}
        routes:
          - {route: 'GET /api/members/{subject}', name: profile, shows: [name, email]}
          - {route: 'GET /api/members/{subject}/addresses', name: addresses, shows: [name, phone, address], others: 20}
          - {route: 'GET /api/members/{subject}/addresses/{address}/edit', name: address-edit,
             shows: [name, phone, address, entrance-code]}
          - {route: 'GET /api/orders', name: orders, subject: account, shows: [order-history]}
          - {route: 'GET /admin/members/{subject}', name: admin, shows: [name, email, phone, address, order-history]}
          - {route: 'GET /internal/deliveries/{subject}', name: deliveries, shows: [name, phone, address, entrance-code],
             others: 20}
        accounts: members.csv
        people: people.csv
        keys: keys.csv

        """;

    private const string Keys = """
        key,created,retired,holder,left
        k-main-2025-01,2025-01-06,,auth-platform,
        k-backup-2024-04,2024-04-11,,engineer-41,2024-12-31
        k-backup-2024-04,2024-04-11,,auth-platform,

        """;

    public static int Run(Arguments arguments)
    {
        Make(arguments.Required("out"), (ulong)arguments.Number("seed", 7));
        return 0;
    }

    public static void Make(string folder, ulong seed)
    {
        var dice = new Dice(seed);
        var shop = new Shop(dice);
        var log = new ShopLog(new Dice(seed + 1));
        new Customers(shop, log, dice).Live();
        new Staff(shop, log, dice).Work();
        var theft = new Theft(shop, log, dice);
        theft.Run();

        Directory.CreateDirectory(Path.Combine(folder, "logs", "gateway"));
        Directory.CreateDirectory(Path.Combine(folder, "logs", "issuer"));
        File.WriteAllText(Path.Combine(folder, "whosaw.yaml"), Configuration);
        File.WriteAllText(Path.Combine(folder, "keys.csv"), Keys);
        WriteRows(Path.Combine(folder, "members.csv"), "account,status",
            shop.Accounts.Select(account => Row($"{account.Id},{account.Status}")));
        WriteRows(Path.Combine(folder, "people.csv"), "account,person",
            shop.Accounts.SelectMany(account => account.People.Select(person => Row($"{account.Id},p{person}"))));
        WriteRows(Path.Combine(folder, "truth.csv"), "account,operation,first,last,views,views_not_logged",
            theft.Taken.Where(entry => shop.Find(entry.Key.Account)!.Status != "canary").Select(TruthRow));
        foreach (var (node, day, text) in log.GatewayFiles())
            WriteGzip(Path.Combine(folder, "logs", "gateway", $"{node}-{ShopTime.Date(day)}.log.gz"), text);
        foreach (var (day, text) in log.IssuerFiles())
            WriteGzip(Path.Combine(folder, "logs", "issuer", $"issuer-{ShopTime.Date(day)}.log.gz"), text);
    }

    private static string Row(FormattableString row) => row.ToString(CultureInfo.InvariantCulture);

    private static string TruthRow(KeyValuePair<(int Account, string Operation), Loot> entry) =>
        Row($"{entry.Key.Account},{entry.Key.Operation},{ShopTime.Text(entry.Value.First)},")
        + Row($"{ShopTime.Text(entry.Value.Last)},{entry.Value.Views},{entry.Value.ViewsNotLogged}");

    private static void WriteRows(string path, string head, IEnumerable<string> rows) =>
        File.WriteAllText(path, string.Join('\n', rows.Prepend(head)) + "\n");

    private static void WriteGzip(string path, string text)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }
}
