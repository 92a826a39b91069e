using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Traffic;

/// <summary>
/// People and programs who read others' data by right: support agents with tickets, in shifts with a lunch break;
/// delivery around the clock, partners in office hours, analytics at night; and crawlers, who read nobody's.
/// </summary>
internal sealed class Office(World world)
{
    private const int TicketsADay = 38;

    public int Agents { get; } = (int)Math.Clamp(world.Options.GatewayLinesPerDay / 2000, 6, Principals.MostAgents);

    public void Work(int day, int slice, int weight, RequestList into)
    {
        for (var agent = 0; agent < Agents; agent++)
            Answer(day, slice, agent, into);
        var lines = world.Options.GatewayLinesPerDay;
        var hour = slice / 6;
        Serve(day, slice, Principals.Delivery, lines * 25 / 1000, hour is >= 5 and < 21 ? 130 : 40, into);
        if (hour is >= 9 and < 19 && !world.Clock.IsWeekend(day))
            Serve(day, slice, Principals.Partner, lines * 8 / 1000, 240, into);
        if (hour is 2)
            Serve(day, slice, Principals.Analytics, lines * 8 / 1000, 2400, into);
        if (world.Options.Scenario == ScenarioCatalog.MarketingImport && day == world.Occasions.EventDay
            && hour is >= 22)
            Serve(day, slice, Principals.Marketing, world.Options.Accounts / 4, 1200, into);
        Crawl(day, slice, lines * 2 / 100 * weight / Rhythm.Total, into);
    }

    /// <summary>Whether an agent is at work in a slice.</summary>
    public bool IsOn(int day, int slice, int agent)
    {
        var number = world.Options.Start.DayNumber + day;
        // five days of seven, the free ones in turn; early, middle or late for a week
        if ((number + agent) % 7 is 0 or 1)
            return false;
        var start = ((number / 7 + agent) % 3) switch { 0 => 8, 1 => 9, _ => 13 } * 6;
        var lunch = start + 24 + agent % 3;
        return slice >= start && slice < start + 54 && (slice < lunch || slice >= lunch + 6);
    }

    private void Answer(int day, int slice, int agent, RequestList into)
    {
        if (!IsOn(day, slice, agent))
            return;
        var dice = new Dice(world.Seed, Draw.Staff, agent, day * (long)Clock.SlicesInDay + slice);
        if (!dice.Chance(TicketsADay, 48))
            return;
        var account = world.ActiveAccount(ref dice);
        // now and then somebody looks before there is a ticket
        var ticket = dice.Chance(1, 300) ? 0 : 100_000 + dice.Below(900_000);
        var at = day * Clock.Day + slice * Clock.Slice + dice.Below((int)Clock.Slice / 2);
        for (var view = dice.Between(1, 3); view > 0; view--)
        {
            Read(at, world.Ids.IdOf(account), agent, ticket, ref dice, into);
            at += dice.Between(8_000, 90_000);
        }
    }

    /// <summary>An agent looks at a member; <paramref name="ticket"/> 0: without a reason.</summary>
    public ref Request Read(long at, long id, int agent, int ticket, ref Dice dice, RequestList into)
    {
        ref var request = ref Ask(at, Page.Admin, id, Networks.Staff(agent), Worlds.Agents.StaffBrowser,
            900 + dice.Below(1800), ref dice, into);
        request.Principal = (short)(Principals.FirstAgent + agent);
        request.Detail = ticket;
        return ref request;
    }

    private void Serve(int day, int slice, int principal, long perDay, int percent, RequestList into)
    {
        var dice = new Dice(world.Seed, Draw.Service, principal, day * (long)Clock.SlicesInDay + slice);
        var expected = perDay * percent;
        var count = expected / (100 * Clock.SlicesInDay)
            + (dice.Below(100 * Clock.SlicesInDay) < expected % (100 * Clock.SlicesInDay) ? 1 : 0);
        var (page, agent) = principal switch
        {
            Principals.Delivery => (Page.Delivery, Worlds.Agents.Delivery),
            Principals.Partner => (Page.Partner, Worlds.Agents.Partner),
            Principals.Analytics => (Page.Analytics, Worlds.Agents.Analytics),
            _ => (Page.Analytics, Worlds.Agents.Marketing),
        };
        for (; count > 0; count--)
        {
            var id = world.Ids.IdOf(world.ActiveAccount(ref dice));
            var at = day * Clock.Day + slice * Clock.Slice + dice.Below((int)Clock.Slice);
            Ask(at, page, id, Networks.Internal(principal * 4 + dice.Below(2)), agent, 400 + dice.Below(400),
                ref dice, into)
                .Principal = (short)principal;
        }
    }

    private void Crawl(int day, int slice, long count, RequestList into)
    {
        var dice = new Dice(world.Seed, Draw.Crawler, day, slice);
        for (; count > 0; count--)
        {
            var bot = dice.Below(3);
            var at = day * Clock.Day + slice * Clock.Slice + dice.Below((int)Clock.Slice);
            ref var request = ref Ask(at, Page.Product, dice.Below(400_000), Networks.Crawler(bot * 4 + dice.Below(4)),
                Worlds.Agents.Googlebot + bot, 9_000 + dice.Below(16_000), ref dice, into);
            if (dice.Chance(6, 100))
                (request.Status, request.Bytes) = (404, 180);
        }
    }

    public ref Request Ask(long at, Page page, long target, uint client, int agent, int bytes, ref Dice dice,
        RequestList into)
    {
        ref var request = ref into.Add();
        request.At = at;
        request.Page = page;
        request.Target = target;
        request.Client = client;
        request.Agent = (short)agent;
        request.Status = 200;
        request.Bytes = bytes;
        request.Node = (byte)dice.Below(world.Nodes.Names.Count);
        return ref request;
    }
}
