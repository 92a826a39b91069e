using System.Globalization;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// What any member may see of a reviewer, collected of everybody: patiently, by members of its own, from homes that a
/// proxy provider rents out. Honest members open a reviewer's card too.
/// </summary>
internal sealed class Scraper(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        Plan.RouteEntries.Add("{route: 'GET /api/members/{subject}/card', name: reviewer, shows: [name]}");
        var dice = DiceOf(6);
        for (var day = 0; day < EndDay; day++)
            for (var i = World.Options.GatewayLinesPerDay / 200; i > 0; i--)
                Look(Seat(ref dice), day * Clock.Day + dice.Below(Clock.Day), null, ref dice);
        var members = Enumerable.Range(0, Scaled(mild: 4, usual: 20, severe: 100)).Select(_ => Seat(ref dice))
            .ToArray();
        var perDay = World.Options.Weight == Weight.Mild ? 20 : 60;
        for (var day = FirstDay; day < EndDay; day++)
            foreach (var seat in members)
                for (var i = 0L; i < perDay; i++)
                {
                    var at = day * Clock.Day + i * Clock.Day / perDay + dice.Below(Clock.Day / perDay);
                    Look(seat, at, Networks.Foreign(500_000 + dice.Below(4000)), ref dice);
                    Plan.Took();
                }
        Indicate("account", members.Select(
            seat => World.Ids.IdOf(World.Seats.AccountOf(seat)).ToString(CultureInfo.InvariantCulture)));
    }

    private long Seat(ref Chance.Dice dice)
    {
        while (true)
        {
            var seat = dice.Below(World.Seats.Count);
            if (World.Seats.AccountOf(seat) is >= 0 and var account && World.IsListed(account))
                return seat;
        }
    }

    private void Look(long seat, long at, uint? proxy, ref Chance.Dice dice)
    {
        var (account, device, day) = (World.Seats.AccountOf(seat), World.Seats.DeviceOf(seat), Clock.DayOf(at));
        var pass = World.Seats.PassOf(seat, at);
        var client = proxy ?? World.Networks.Of(seat, account, device, at, !World.Clock.IsWeekend(day));
        var reviewer = World.ActiveAccount(ref dice);
        while (reviewer == account)
            reviewer = World.ActiveAccount(ref dice);
        ref var request = ref Ask(at, Page.Reviewer, World.Ids.IdOf(reviewer), client,
            World.Seats.AgentOf(seat, device, day), ref dice);
        (request.Session, request.Account, request.Key) = (pass.Session, World.Ids.IdOf(account), pass.Key);
    }
}
