using System.Globalization;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Sample;

/// <summary>Six people of the call centre in office hours, and the delivery service around the clock.</summary>
public sealed class Staff(Shop shop, ShopLog log, Dice dice)
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private const int Agents = 6;
    private const int ReadsAWorkday = 16;
    private const int DeliveriesADay = 120;

    public void Work()
    {
        for (var day = 0; day < ShopTime.Days; day++)
        {
            for (var agent = 1; agent <= Agents; agent++)
                Answer(day, agent);
            for (var delivery = 0; delivery < DeliveriesADay; delivery++)
                Deliver(day);
        }
    }

    private void Answer(int day, int agent)
    {
        // one desk is staffed at weekends
        if (ShopTime.IsWeekend(day) && agent != 1 + day % Agents)
            return;
        var calls = dice.Between(ReadsAWorkday - 4, ReadsAWorkday + 4);
        for (var call = 0; call < calls; call++)
        {
            var at = day * ShopTime.Day + 9 * ShopTime.Hour + dice.Below((int)(9 * ShopTime.Hour));
            log.Add(new ShopRequest(at, $"10.20.0.{10 + agent}", "GET", $"/admin/members/{dice.Pick(shop.Active).Id}",
                200, dice.Between(12, 40) * 64, Browser,
                Principal: string.Create(CultureInfo.InvariantCulture, $"agent-{agent:00}")));
        }
    }

    private void Deliver(int day)
    {
        var hour = dice.Chance(0.75) ? dice.Between(5, 19) : dice.Below(24);
        var at = day * ShopTime.Day + hour * ShopTime.Hour + dice.Below((int)ShopTime.Hour);
        log.Add(new ShopRequest(at, $"10.30.0.{dice.Between(11, 12)}", "GET",
            $"/internal/deliveries/{dice.Pick(shop.Active).Id}", 200, dice.Between(7, 13) * 64, "delivery-sync/2.3",
            Principal: "svc-delivery"));
    }
}
