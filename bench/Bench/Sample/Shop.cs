using System.Globalization;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>An account of the sample shop.</summary>
/// <param name="People">The holder first, then the address book.</param>
public sealed record ShopAccount(int Id, string Status, string Home, string Agent, int[] People)
{
    public bool IsActive => Status == "active";
}

/// <summary>
/// The sample's shop: some 6,000 accounts in a range of ids of which 43 % exist. Addresses are from test and carrier
/// space.
/// </summary>
public sealed class Shop
{
    public const int LowestId = 100_000;
    public const int HighestId = 113_999;
    private const int AccountCount = 6000;
    private const int CanaryCount = 60;
    private const double DormantShare = 0.26;

    private const string Chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome";

    private static readonly string[] AgentTexts =
    [
        $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Chrome}/135.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 "
            + "Mobile/15E148 Safari/604.1",
        $"Mozilla/5.0 (Linux; Android 14; SM-S928N) {Chrome}/135.0.0.0 Mobile Safari/537.36",
        $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {Chrome}/134.0.0.0 Safari/537.36",
        "ShopApp/8.3.7 (Android 14)",
        "ShopApp/8.3.5 (iPhone; iOS 18.3)",
    ];

    private readonly Dictionary<int, ShopAccount> _byId;

    public Shop(Dice dice)
    {
        var ids = Enumerable.Range(LowestId, HighestId - LowestId + 1).ToArray();
        dice.Shuffle<int>(ids);
        var canaries = ids[..CanaryCount].ToHashSet();
        var chosen = ids[..AccountCount].Order();
        Accounts = [.. chosen.Select(id => Open(dice, id, canaries.Contains(id)))];
        Active = [.. Accounts.Where(account => account.IsActive)];
        _byId = Accounts.ToDictionary(account => account.Id);
    }

    public static IReadOnlyList<string> Agents => AgentTexts;
    public IReadOnlyList<ShopAccount> Accounts { get; }
    public IReadOnlyList<ShopAccount> Active { get; }

    /// <summary>Null when nobody has that id.</summary>
    public ShopAccount? Find(int id) => _byId.GetValueOrDefault(id);

    private static ShopAccount Open(Dice dice, int id, bool canary)
    {
        var status = canary ? "canary" : dice.Chance(DormantShare) ? "dormant" : "active";
        var others = canary || dice.Chance(0.7) ? 0 : dice.Between(1, 4);
        // an address book holds people of the shop and people from outside
        var people = new[] { id }
            .Concat(Enumerable.Range(0, others).Select(_ => dice.Between(LowestId, HighestId + 6000)))
            .Distinct()
            .Select(number => number - LowestId);
        return new ShopAccount(id, status, HomeAddress(dice), dice.Pick(AgentTexts), [.. people]);
    }

    private static string HomeAddress(Dice dice) => string.Create(CultureInfo.InvariantCulture,
        $"198.{dice.Between(18, 19)}.{dice.Below(64)}.{dice.Between(1, 254)}");

    /// <summary>One of the carrier's few addresses that thousands of phones share.</summary>
    public static string CarrierAddress(Dice dice) =>
        string.Create(CultureInfo.InvariantCulture, $"100.64.{dice.Below(3)}.{dice.Between(1, 40)}");
}
