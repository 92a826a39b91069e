using System.Globalization;
using System.Text;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>A session as the issuer gives it; a forged one has never been there.</summary>
public sealed record Pass(string Session, string Key, int Account);

/// <summary>One request at the shop's gateway.</summary>
/// <param name="At">Milliseconds since the sample's first midnight.</param>
public sealed record ShopRequest(
    long At, string Client, string Method, string Target, int Status, int Bytes, string Agent,
    Pass? Pass = null, string? Principal = null)
{
    /// <summary>The gateway's second node kept no log from 06:00 to 12:00 on 17 April.</summary>
    public bool IsLost(string node) => node == "gw2" && At >= GapStart && At < GapEnd;

    private const long GapStart = (6 * 24 + 6) * ShopTime.Hour;
    private const long GapEnd = GapStart + 6 * ShopTime.Hour;
}

/// <summary>Times of the sample: milliseconds since 2025-04-11T00:00:00+09:00, ten days.</summary>
public static class ShopTime
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    public const int Days = 10;

    private static readonly DateTime Start = new(2025, 4, 11, 0, 0, 0, DateTimeKind.Unspecified);

    public static string Text(long at) =>
        Start.AddMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+09:00'", CultureInfo.InvariantCulture);

    public static string Date(int day) => Start.AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Saturday or Sunday; the first day is a Friday.</summary>
    public static bool IsWeekend(int day) => day % 7 is 1 or 2;
}

/// <summary>Collects what the shop's systems log, in any order, and gives it by node and day.</summary>
public sealed class ShopLog(Dice dice)
{
    private const long PassLifetime = 30 * ShopTime.Day;
    private readonly List<(ShopRequest Request, string Node)> _requests = [];
    private readonly List<(long At, Pass Pass, string Client)> _issued = [];

    /// <summary>Takes a request; one of the two nodes serves it.</summary>
    /// <returns>False when that node kept no log of it.</returns>
    public bool Add(ShopRequest request)
    {
        var node = dice.Chance(0.5) ? "gw1" : "gw2";
        if (request.IsLost(node))
            return false;
        _requests.Add((request, node));
        return true;
    }

    public void AddIssued(long at, Pass pass, string client) => _issued.Add((at, pass, client));

    /// <summary>The gateway's lines, by (node, day); the request ids run on over both nodes.</summary>
    public IEnumerable<(string Node, int Day, string Text)> GatewayFiles()
    {
        var number = 0x1a00;
        return _requests.OrderBy(entry => entry.Request.At)
            .Select(entry => (entry.Node, Day: DayOf(entry.Request.At), Line: LineOf(entry.Request, number++)))
            .GroupBy(entry => (entry.Node, entry.Day))
            .Select(file => (file.Key.Node, file.Key.Day, string.Concat(file.Select(entry => entry.Line))));
    }

    public IEnumerable<(int Day, string Text)> IssuerFiles() =>
        _issued.OrderBy(entry => entry.At)
            .Select(entry => (Day: DayOf(entry.At), Line: LineOf(entry.At, entry.Pass, entry.Client)))
            .GroupBy(entry => entry.Day)
            .Select(file => (file.Key, string.Concat(file.Select(entry => entry.Line))));

    private static int DayOf(long at) => (int)Math.Floor(at / (double)ShopTime.Day);

    private static string LineOf(ShopRequest request, int number)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{{\"ts\":\"{ShopTime.Text(request.At)}\",\"rid\":\"{number:x}\"");
        line.Append(CultureInfo.InvariantCulture, $",\"ip\":\"{request.Client}\",\"method\":\"{request.Method}\"");
        line.Append(CultureInfo.InvariantCulture, $",\"uri\":\"{request.Target}\",\"status\":{request.Status}");
        line.Append(CultureInfo.InvariantCulture, $",\"bytes\":{request.Bytes},\"ua\":\"{request.Agent}\"");
        if (request.Pass is { } pass)
            line.Append(CultureInfo.InvariantCulture,
                $",\"sid\":\"{pass.Session}\",\"kid\":\"{pass.Key}\",\"uid\":{pass.Account}");
        if (request.Principal is { } principal)
            line.Append(CultureInfo.InvariantCulture, $",\"who\":\"{principal}\"");
        return line.Append("}\n").ToString();
    }

    private static string LineOf(long at, Pass pass, string client) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"ts\":\"{ShopTime.Text(at)}\",\"sid\":\"{pass.Session}\",\"uid\":{pass.Account},\"kid\":\"{pass.Key}\","
        + $"\"exp\":\"{ShopTime.Text(at + PassLifetime)}\",\"ip\":\"{client}\"}}\n");
}
