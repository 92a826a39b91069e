using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// Wing, 2023: a fault in the sellers' log-in shows one seller the orderers of another. Nobody does anything unusual;
/// the answers are those of somebody else. 22,440 orderers then.
/// </summary>
internal sealed class CrossTenant(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        Plan.RouteEntries.Add(
            "{route: 'GET /seller/orders/{subject}', name: seller-orders, "
            + "shows: [name, phone, address, order-history]}");
        var dice = DiceOf(7);
        var sellers = (int)Math.Clamp(World.Options.Accounts / 500, 12, Principals.MostSellers);
        Plan.OwnerOf = account => Principals.FirstSeller + (int)(account % sellers);
        var begin = FirstDay * Clock.Day + 10 * Clock.Hour;
        var end = begin + Scaled(mild: 1, usual: 5, severe: 30) * Clock.Hour;
        for (var day = 0; day < EndDay; day++)
            for (var seller = 0; seller < sellers; seller++)
                for (var order = dice.Between(15, 45); order > 0; order--)
                {
                    var at = day * Clock.Day + 8 * Clock.Hour + dice.Below(12 * Clock.Hour);
                    var isFaulty = at >= begin && at < end;
                    // whose customers these are; in the fault, those of the next one
                    var tenant = isFaulty ? (seller + 1) % sellers : seller;
                    var account = dice.Below(World.Options.Accounts / sellers) * sellers + tenant;
                    ref var request = ref Ask(at, Page.Seller, World.Ids.IdOf(account),
                        Networks.Foreign(1_000_000 + seller), Agents.Partner, ref dice);
                    request.Principal = (short)(Principals.FirstSeller + seller);
                    if (isFaulty)
                        Plan.Took();
                }
        Indicate("operation", "seller-orders");
    }
}

/// <summary>
/// Eats, 2019 to 2021: an interface gives restaurants more of the couriers than it should; each call is by right, and
/// the answer is too long. 135,000 couriers then.
/// </summary>
internal sealed class OverSharing(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        Plan.RouteEntries.Add("{route: 'GET /eats/couriers/{subject}', name: couriers, shows: [name, phone]}");
        var dice = DiceOf(8);
        var shops = (int)Math.Clamp(World.Options.Accounts / 250, 20, Principals.MostShops);
        var couriers = Math.Max(80, World.Options.Accounts / 250);
        var calls = Scaled(mild: 4, usual: 20, severe: 80);
        for (var day = 0; day < EndDay; day++)
            for (var shop = 0; shop < shops; shop++)
                for (var call = calls; call > 0; call--)
                {
                    var at = day * Clock.Day + 10 * Clock.Hour + dice.Below(13 * Clock.Hour);
                    var id = World.Ids.IdOf(dice.Below(couriers) * (World.Options.Accounts / couriers));
                    ref var request = ref Ask(at, Page.Courier, id, Networks.Foreign(2_000_000 + shop),
                        Agents.Courier, ref dice);
                    request.Principal = (short)(Principals.FirstShop + shop);
                    request.Bytes = (day < FirstDay ? 210 : 480) + dice.Below(30);
                    if (day >= FirstDay)
                        Plan.Took();
                }
        Indicate("operation", "couriers");
    }
}
