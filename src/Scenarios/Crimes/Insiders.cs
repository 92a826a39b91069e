using System.Globalization;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// A support agent who looks people up: an ex-partner, an idol. Few, again and again, after the shift, without a
/// ticket.
/// </summary>
internal sealed class CuriousInsider(World world, CrimePlan plan) : Crime(world, plan)
{
    public const int Agent = 2;

    public override void Commit()
    {
        var dice = DiceOf(2);
        var known = Enumerable.Range(0, Scaled(mild: 3, usual: 12, severe: 60))
            .Select(_ => World.Ids.IdOf(World.ActiveAccount(ref dice))).ToArray();
        for (var day = FirstDay; day < EndDay; day++)
            for (var i = Scaled(mild: 1, usual: 5, severe: 20); i > 0; i--)
            {
                var at = day * Clock.Day + dice.Between(21 * 60, 24 * 60 - 2) * Clock.Minute + dice.Below(60_000);
                ref var request = ref Ask(at, Page.Admin, known[dice.Below(known.Length)], Networks.Staff(Agent),
                    Agents.StaffBrowser, ref dice);
                request.Principal = Principals.FirstAgent + Agent;
                Plan.Took();
            }
        Indicate("principal", string.Create(CultureInfo.InvariantCulture, $"agent-{Agent + 1:00}"));
    }
}

/// <summary>
/// A support agent who sells: many different people. Mild, within the shift and under invented tickets; otherwise at
/// night.
/// </summary>
internal sealed class BulkInsider(World world, CrimePlan plan) : Crime(world, plan)
{
    public const int Agent = 4;

    public override void Commit()
    {
        var dice = DiceOf(3);
        var isHidden = World.Options.Weight == Weight.Mild;
        var perDay = Scaled(mild: 40, usual: 250, severe: 1500);
        for (var day = FirstDay; day < EndDay; day++)
            for (var i = 0; i < perDay; i++)
            {
                var begin = isHidden ? 13 * Clock.Hour : Clock.Hour;
                var at = day * Clock.Day + begin + i * (3 * Clock.Hour) / perDay + dice.Below(3000);
                var id = World.Ids.IdOf(dice.Below(World.Options.Accounts));
                ref var request = ref Ask(at, Page.Admin, id, Networks.Staff(Agent), Agents.StaffBrowser, ref dice);
                request.Principal = Principals.FirstAgent + Agent;
                request.Detail = isHidden ? 100_000 + dice.Below(900_000) : 0;
                Plan.Took();
            }
        Indicate("principal", string.Create(CultureInfo.InvariantCulture, $"agent-{Agent + 1:00}"));
    }
}

/// <summary>The delivery service's account, used from a rented machine by somebody who found its secret.</summary>
internal sealed class StolenServiceAccount(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        var dice = DiceOf(4);
        var perDay = Scaled(mild: 40, usual: 500, severe: 5000);
        var client = Networks.Hosting(9000);
        for (var day = FirstDay; day < EndDay; day++)
            for (var i = 0L; i < perDay; i++)
            {
                var at = day * Clock.Day + i * Clock.Day / perDay + dice.Below(Clock.Day / perDay);
                // the rest of the day's book: it asks for what exists
                var id = World.Ids.IdOf(dice.Below(World.Options.Accounts));
                Ask(at, Page.Delivery, id, client, Agents.Python, ref dice).Principal = Principals.Delivery;
                Plan.Took();
            }
        Indicate("principal", "svc-delivery");
        Indicate("client", AddressText(client));
    }
}
