using System.Globalization;
using System.Text;

namespace WhoSaw.Scenarios.Traffic;

/// <summary>Employees and service accounts by number.</summary>
internal static class Principals
{
    public const int Delivery = 0;
    public const int Partner = 1;
    public const int Analytics = 2;
    public const int Marketing = 3;
    public const int FirstAgent = 10;
    public const int MostAgents = 200;
    public const int FirstSeller = FirstAgent + MostAgents;
    public const int MostSellers = 400;
    public const int FirstShop = FirstSeller + MostSellers;
    public const int MostShops = 400;

    public static readonly byte[][] Texts =
    [
        .. Enumerable.Range(0, FirstShop + MostShops).Select(i => Encoding.ASCII.GetBytes(Text(i))),
    ];

    private static string Text(int index) => index switch
    {
        Delivery => "svc-delivery",
        Partner => "svc-partner",
        Analytics => "svc-analytics",
        Marketing => "svc-marketing",
        < FirstAgent => "svc-spare",
        < FirstSeller => string.Create(CultureInfo.InvariantCulture, $"agent-{index - FirstAgent + 1:00}"),
        < FirstShop => string.Create(CultureInfo.InvariantCulture, $"seller-{index - FirstSeller + 1:000}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"restaurant-{index - FirstShop + 1:000}"),
    };
}
