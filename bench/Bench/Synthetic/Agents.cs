using System.Text;

namespace WhoSaw.Bench.Synthetic;

/// <summary>Some 300 agents of the usual shapes, most about 110 characters long.</summary>
public static class Agents
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64";
    private const string Chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/";
    private const string Safari = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/";

    private static readonly string[] Phones =
        ["SM-S918N", "SM-S928N", "SM-A546S", "SM-F946N", "Pixel 8", "Pixel 9", "LM-V500N", "SM-G998N"];

    public static byte[][] All { get; } = [.. Make().Take(300).Select(Encoding.ASCII.GetBytes)];

    private static IEnumerable<string> Make()
    {
        for (var version = 136; version >= 112; version--)
        {
            yield return $"{Windows}) {Chrome}{version}.0.0.0 Safari/537.36";
            yield return $"Mozilla/5.0 (iPhone; CPU iPhone OS {version % 3 + 16}_{version % 7} like Mac OS X) "
                + $"{Safari}{version % 3 + 16}.{version % 5} Mobile/15E148 Safari/604.1";
            var phone = Phones[version % Phones.Length];
            yield return $"Mozilla/5.0 (Linux; Android {version % 4 + 12}; {phone}) "
                + $"{Chrome}{version}.0.0.0 Mobile Safari/537.36";
            yield return $"{Windows}) {Chrome}{version}.0.0.0 Safari/537.36 Edg/{version}.0.0.0";
            yield return $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {Chrome}{version}.0.0.0 Safari/537.36";
            yield return $"ShopApp/{version - 104}.{version % 9}.1 (Android {version % 4 + 12}; {phone})";
            yield return $"{Windows}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0";
            yield return $"Mozilla/5.0 (X11; Linux x86_64) {Chrome}{version}.0.0.0 Safari/537.36";
            yield return $"ShopApp/{version - 104}.{version % 9}.0 (iPhone; iOS {version % 3 + 16}.{version % 7})";
            yield return $"Mozilla/5.0 (Linux; Android {version % 4 + 12}; {phone}) "
                + $"{Chrome}{version}.0.6778.200 Mobile Safari/537.36";
            yield return $"Mozilla/5.0 (iPad; CPU OS {version % 3 + 16}_{version % 7} like Mac OS X) "
                + $"{Safari}{version % 3 + 16}.{version % 5} Mobile/15E148 Safari/604.1";
            yield return $"Mozilla/5.0 (compatible; ExampleBot/{version - 111}.0; +https://example.com/bot)";
        }
    }
}
