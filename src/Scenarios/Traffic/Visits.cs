using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Traffic;

/// <summary>
/// Honest customers: they log in or come back, look around, now and then at their own data, and leave within minutes.
/// </summary>
internal sealed class Visits(World world)
{
    /// <summary>No visit is longer.</summary>
    public const long Longest = 19 * Clock.Minute;

    private const int LinesOfReturn = 6;

    private struct Visitor
    {
        public long Seat;
        public long Account;
        public long Id;
        public DeviceClass Device;
        public short Agent;
        public uint Client;
        public Pass Pass;
    }

    /// <summary>Those who log in in a slice.</summary>
    public void LogIn(int day, int slice, RequestList into)
    {
        var (from, to) = world.Seats.TurnsOf(slice);
        for (var turn = from; turn < to; turn++)
        {
            var seat = world.Seats.SeatAt(day, turn);
            if (seat < 0)
                return;
            var account = world.Seats.AccountOf(seat);
            if (account < 0 || world.Members.GoneOn(account) <= day)
                continue;
            var pass = world.Seats.PassOn(seat, turn, day);
            var visitor = See(seat, account, pass, pass.IssuedAt);
            var dice = new Dice(world.Seed, Draw.Login, seat, day);
            if (dice.Chance(1, 2))
                Ask(visitor, pass.IssuedAt - dice.Between(4, 60) * Clock.Second, Page.LoginPage, 200, 4120, into)
                    .Session = 0;
            if (dice.Chance(1, 12))
                Ask(visitor, pass.IssuedAt - dice.Between(2, 3) * Clock.Second, Page.Login, 401, 96, into).Session = 0;
            // the issuer writes first; the gateway's line follows within two seconds
            var at = pass.IssuedAt + dice.Between(15, 1950);
            Ask(visitor, at, Page.Login, 200, 612, into);
            Browse(visitor, at, ref dice, into);
        }
    }

    /// <summary>Those who come back on the pass that they have.</summary>
    public void ComeBack(int day, int slice, int weight, RequestList into)
    {
        var expected = world.VisitLinesPerDay / LinesOfReturn * weight;
        var dice = new Dice(world.Seed, Draw.Slice, day, slice);
        var count = expected / Rhythm.Total + (dice.Below(Rhythm.Total) < expected % Rhythm.Total ? 1 : 0);
        for (var visit = 0; visit < count; visit++)
            ComeBack(day, new Dice(world.Seed, Draw.Visit, day * (long)Clock.SlicesInDay + slice, visit), slice, into);
    }

    private void ComeBack(int day, Dice dice, int slice, RequestList into)
    {
        long seat, account;
        do
        {
            // some people come often: two draws of three prefer low numbers
            seat = dice.Below(world.Seats.Count);
            if (dice.Chance(2, 3))
                seat = Math.Min(seat, dice.Below(world.Seats.Count));
            account = world.Seats.AccountOf(seat);
        }
        while (account < 0 || world.Members.GoneOn(account) <= day);
        var at = day * Clock.Day + slice * Clock.Slice + dice.Below((int)Clock.Slice);
        Browse(See(seat, account, world.Seats.PassOf(seat, at), at), at, ref dice, into);
    }

    private Visitor See(long seat, long account, Pass pass, long at)
    {
        var device = world.Seats.DeviceOf(seat);
        var day = Clock.DayOf(at);
        return new Visitor
        {
            Seat = seat,
            Account = account,
            Id = world.Ids.IdOf(account),
            Device = device,
            Pass = pass,
            Agent = (short)world.Seats.AgentOf(seat, device, day),
            Client = world.Networks.Of(seat, account, device, at, !world.Clock.IsWeekend(day)),
        };
    }

    private void Browse(in Visitor visitor, long at, ref Dice dice, RequestList into)
    {
        var pages = 1 + dice.Geometric(5);
        var end = at + Longest - 2 * Clock.Minute;
        // a broken app asks again whatever the answer
        var isBroken = dice.Chance(1, 2000);
        for (var page = 0; page < pages && page < 16 && at < end; page++)
        {
            at += page == 0 ? dice.Between(300, 4_000) : 1_500 + dice.Below(8_000) * (1L + dice.Below(8));
            var what = page == 0 && visitor.Device.IsApp() && world.Occasions.OpensWithProfile(Clock.DayOf(at))
                ? Page.Profile : PageOf(ref dice, isFirst: page == 0);
            var status = isBroken ? 500 : StatusOf(what, at, ref dice);
            Fill(ref Ask(visitor, at, what, status, 0, into), what, status, ref dice);
            if (status < 500)
                continue;
            for (var again = isBroken ? 6 : 1; again > 0; again--)
            {
                at += dice.Between(400, 3_000);
                Fill(ref Ask(visitor, at, what, isBroken ? 500 : 200, 0, into), what, isBroken ? 500 : 200, ref dice);
            }
        }
    }

    private static Page PageOf(ref Dice dice, bool isFirst) => dice.Below(isFirst ? 900 : 1000) switch
    {
        < 190 => Page.Home,
        < 560 => Page.Product,
        < 760 => Page.Search,
        < 860 => Page.Cart,
        < 880 => Page.Orders,
        < 890 => Page.Profile,
        < 900 => Page.Addresses,
        < 948 => Page.Orders,
        < 968 => Page.Profile,
        < 994 => Page.Addresses,
        _ => Page.AddressEdit,
    };

    private int StatusOf(Page page, long at, ref Dice dice)
    {
        var draw = dice.Below(1000);
        if (world.Occasions.IsDown(at) && draw < 600)
            return 503;
        return draw switch
        {
            0 => 500,
            1 => 502,
            2 => 401,
            < 30 when page == Page.Product => 304,
            < 34 when page == Page.Product => 404,
            _ => 200
        };
    }

    private static void Fill(ref Request request, Page page, int status, ref Dice dice)
    {
        var size = dice.Below(1 << 14);
        (request.Target, request.Bytes) = page switch
        {
            Page.Home => (0, 28_000 + size),
            // some goods are looked at much more than others
            Page.Product => (1 + ((long)dice.Below(1 << 19) * dice.Below(1 << 19) >> 19), 9_000 + size),
            Page.Search => (dice.Below(1 << 13), 6_000 + size),
            Page.Cart => (0, 600 + size / 8),
            Page.Orders => (0, 800 + size / 3),
            Page.Profile => (request.Target, 400 + size / 200),
            Page.AddressEdit => (request.Target, 700 + size / 100),
            _ => (request.Target, 300 + size / 6),
        };
        if (page == Page.AddressEdit)
            request.Detail = 1 + size % 3;
        if (status == 304)
            request.Bytes = 0;
        else if (status != 200)
            request.Bytes = 96 + size % 90;
    }

    private ref Request Ask(in Visitor visitor, long at, Page page, int status, int bytes, RequestList into)
    {
        ref var request = ref into.Add();
        var draw = Dice.Mix(visitor.Pass.Session ^ ((ulong)at * 0x9E37));
        request.At = at;
        request.Session = visitor.Pass.Session;
        request.Account = visitor.Id;
        request.Target = visitor.Id;
        request.Client = visitor.Client;
        request.Agent = visitor.Agent;
        request.Key = visitor.Pass.Key;
        request.Page = page;
        request.Status = (short)status;
        request.Bytes = bytes;
        request.Node = (byte)((draw & 0xFFFF) * (ulong)world.Nodes.Names.Count >> 16);
        // one line in 4,000 waits in a buffer for up to ten minutes
        if (draw >> 16 << 52 == 0)
            request.LateBy = (short)(20 + (draw >> 40) % 580);
        return ref request;
    }
}
