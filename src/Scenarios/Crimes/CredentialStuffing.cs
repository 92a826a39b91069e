using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// Passwords from elsewhere are tried, one each, from many addresses; two of a hundred open, and are looked into.
/// </summary>
internal sealed class CredentialStuffing(World world, CrimePlan plan) : Crime(world, plan)
{
    public override void Commit()
    {
        var dice = DiceOf(5);
        var tries = Scaled(mild: 300, usual: 3000, severe: 30_000);
        var addresses = Math.Max(20, tries / 10);
        var clients = new HashSet<string>();
        for (var day = FirstDay; day < EndDay; day++)
            for (var i = 0L; i < tries; i++)
            {
                var at = day * Clock.Day + i * Clock.Day / tries + dice.Below(Clock.Day / tries);
                var client = Networks.Foreign(100 + dice.Below(addresses));
                ref var login = ref Ask(at, Page.Login, 0, client,
                    Agents.Of(DeviceClass.ChromeWindows, 0, dice.Below(4)), ref dice);
                if (!dice.Chance(2, 100) || at + 60_000 >= World.End)
                {
                    (login.Status, login.Bytes) = (401, 96);
                    continue;
                }
                var id = World.Ids.IdOf(World.ActiveAccount(ref dice));
                var (session, agent, key) = (dice.Next(), login.Agent, World.Keys.MainOn(day));
                (login.Session, login.Account, login.Key, login.Bytes) = (session, id, key, 612);
                clients.Add(AddressText(client));
                Plan.Add(new IssuedPass(at - 20, session, id, key, client));
                foreach (var page in (Page[])[Page.Profile, Page.Addresses, Page.Orders])
                {
                    at += dice.Between(700, 2600);
                    ref var request = ref Ask(at, page, id, client, agent, ref dice);
                    (request.Session, request.Account, request.Key) = (session, id, key);
                    Plan.Took();
                }
            }
        Indicate("client", clients);
    }
}
