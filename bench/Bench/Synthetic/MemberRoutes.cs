using System.Text;

namespace WhoSaw.Bench.Synthetic;

/// <summary>A route that shows a member's data: the text before and after the member's id.</summary>
public sealed record MemberRoute(string Name, string Before, string After, string Shows, int Others)
{
    public byte[] BeforeUtf8 { get; } = Encoding.ASCII.GetBytes(Before);
    public byte[] AfterUtf8 { get; } = Encoding.ASCII.GetBytes(After);

    /// <summary>The entry of <c>routes:</c> in a configuration.</summary>
    public string Yaml
    {
        get
        {
            var query = Before.IndexOf('?', StringComparison.Ordinal);
            var template = query < 0 ? $"{Before}{{subject}}{After}" : Before[..query];
            var subject = query < 0 ? "" : $", subject: 'query:{Before[(query + 1)..^1]}'";
            var others = Others == 0 ? "" : $", others: {Others}";
            return $"  - {{route: 'GET {template}', name: {Name}{subject}, shows: [{Shows}]{others}}}";
        }
    }
}

/// <summary>As many routes as asked for; the first are the common ones.</summary>
public static class MemberRoutes
{
    private static readonly (string Name, string Shows, int Others)[] Resources =
    [
        ("cards", "card", 0), ("phones", "phone", 0), ("coupons", "order-history", 0), ("reviews", "name", 0),
        ("returns", "name, order-history", 0), ("gifts", "name, address", 5), ("devices", "device", 0),
        ("messages", "name, message", 3), ("points", "order-history", 0), ("invoices", "name, address", 0),
        ("contacts", "name, phone", 20), ("photos", "photo", 0), ("places", "location", 0),
    ];

    public static IReadOnlyList<MemberRoute> Make(int count) => [.. All().Take(count)];

    private static IEnumerable<MemberRoute> All()
    {
        yield return new("addresses", "/api/members/", "/addresses", "name, phone, address", 20);
        yield return new("profile", "/api/members/", "", "name, email", 0);
        yield return new("orders", "/api/orders?memberId=", "", "order-history", 0);
        yield return new("deliveries", "/internal/deliveries/", "", "name, phone, address, entrance-code", 20);
        yield return new("admin", "/admin/members/", "", "name, email, phone, address", 0);
        for (var version = 1; ; version++)
            foreach (var (name, shows, others) in Resources)
                yield return new($"v{version}-{name}", $"/api/v{version}/members/", $"/{name}", shows, others);
    }
}
