using System.Globalization;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// Broken object-level authorisation: a member with a pass of his own changes the number in the path, and the
/// interface gives what it has of others.
/// </summary>
internal sealed class ObjectReference(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        var dice = DiceOf(1);
        var (seat, account) = Accomplice(ref dice);
        var own = World.Ids.IdOf(account);
        var perDay = Scaled(mild: 25, usual: 400, severe: 4000);
        var client = Networks.Foreign(1);
        var agent = World.Seats.AgentOf(seat, World.Seats.DeviceOf(seat), FirstDay);
        var next = own;
        for (var day = FirstDay; day < EndDay; day++)
            for (var i = 0; i < perDay; i++)
            {
                // an evening's work, evenly
                var at = day * Clock.Day + 19 * Clock.Hour + i * (4 * Clock.Hour) / perDay + dice.Below(2000);
                var pass = World.Seats.PassOf(seat, at);
                next = IdSpace.LowestId + (next - IdSpace.LowestId + 1) % World.Ids.Span;
                ref var request = ref Ask(at, Page.Addresses, next, client, agent, ref dice);
                (request.Session, request.Account, request.Key) = (pass.Session, own, pass.Key);
                if (!World.Answers(next, at))
                    (request.Status, request.Bytes) = (404, 96);
                Plan.Took();
            }
        Indicate("account", own.ToString(CultureInfo.InvariantCulture));
        Indicate("client", AddressText(client));
    }

    private (long Seat, long Account) Accomplice(ref Chance.Dice dice)
    {
        while (true)
        {
            var seat = dice.Below(World.Seats.Count);
            if (World.Seats.AccountOf(seat) is >= 0 and var account && World.IsListed(account))
                return (seat, account);
        }
    }
}
