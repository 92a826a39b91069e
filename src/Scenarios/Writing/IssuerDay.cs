using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>One day of the issuer's log: passes given at log-in, and those that are refreshed halfway.</summary>
internal sealed class IssuerDay(World world, CrimePlan plan)
{
    private readonly List<(long At, ulong Session, long Id, byte Key, uint Client, bool IsRefresh)> _waiting = [];

    /// <summary>Writes the day to a stream that it closes; the number of lines.</summary>
    public long Write(int day, Stream output)
    {
        var line = new LineBuffer(output);
        for (var slice = 0; slice < Clock.SlicesInDay; slice++)
        {
            _waiting.Clear();
            Add(day, slice, day, isRefresh: false);
            Add(day, slice, day - SessionRules.RefreshAfterDays, isRefresh: true);
            var start = day * Clock.Day + slice * Clock.Slice;
            foreach (var issued in plan.Issued(start, start + Clock.Slice))
                _waiting.Add((issued.At, issued.Session, issued.Account, issued.Key, issued.Client, false));
            _waiting.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Session.CompareTo(b.Session));
            foreach (var issued in _waiting)
                if (!Loses(issued.At, issued.Session))
                    Write(issued.At, issued.Session, issued.Id, issued.Key, issued.Client, issued.IsRefresh, line);
        }
        line.Dispose();
        return line.Lines;
    }

    private bool Loses(long at, ulong session) => world.Occasions.IssuerLoses(at) && session % 8 == 0;

    private void Add(int day, int slice, int loginDay, bool isRefresh)
    {
        var (from, to) = world.Seats.TurnsOf(slice);
        for (var turn = from; turn < to; turn++)
        {
            var seat = world.Seats.SeatAt(loginDay, turn);
            if (seat < 0)
                return;
            var account = world.Seats.AccountOf(seat);
            if (account < 0)
                continue;
            var pass = world.Seats.PassOn(seat, turn, loginDay);
            var at = pass.IssuedAt + (day - loginDay) * Clock.Day;
            var client = world.Networks.Of(seat, account, world.Seats.DeviceOf(seat), at, !world.Clock.IsWeekend(day));
            _waiting.Add((at, pass.Session, world.Ids.IdOf(account), pass.Key, client, isRefresh));
        }
    }

    private void Write(long at, ulong session, long id, byte key, uint client, bool isRefresh, LineBuffer line)
    {
        line.Add("{\"ts\":\""u8);
        line.AddTime(world.Clock, at);
        line.Add(isRefresh ? "\",\"event\":\"refreshed\",\"sid\":\""u8 : "\",\"event\":\"issued\",\"sid\":\""u8);
        line.AddHex(session, 16);
        line.Add("\",\"uid\":"u8);
        line.Add(id);
        line.Add(",\"kid\":\""u8);
        line.Add(world.Keys.Bytes[key]);
        line.Add("\",\"exp\":\""u8);
        line.AddTime(world.Clock, at + SessionRules.LifetimeDays * Clock.Day);
        line.Add("\",\"ip\":\""u8);
        line.AddAddress(client);
        line.Add("\"}"u8);
        line.EndLine();
    }
}
