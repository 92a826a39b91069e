using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>One day of the issuer's log: passes given at log-in, and those that are refreshed halfway.</summary>
internal sealed class IssuerDay(World world, CrimePlan plan)
{
    private readonly List<(long At, ulong Session, long Id, byte Key, uint Client, What What)> _waiting = [];

    private enum What : byte
    {
        Issued,
        Refreshed,
        Revoked,
    }

    // Whoever logs in anew gives up the old pass, once an open page has had the time to be read.
    private const int SlicesBeforeRevoked = 3;

    /// <summary>Writes the day to a stream that it closes; the number of lines.</summary>
    public long Write(int day, Stream output)
    {
        var line = new LineBuffer(output);
        for (var slice = 0; slice < Clock.SlicesInDay; slice++)
        {
            _waiting.Clear();
            Add(day, slice, day, What.Issued);
            Add(day, slice, day - SessionRules.RefreshAfterDays, What.Refreshed);
            if (slice >= SlicesBeforeRevoked)
                Add(day, slice - SlicesBeforeRevoked, day - SessionRules.CycleDays, What.Revoked);
            var start = day * Clock.Day + slice * Clock.Slice;
            foreach (var issued in plan.Issued(start, start + Clock.Slice))
                _waiting.Add((issued.At, issued.Session, issued.Account, issued.Key, issued.Client, What.Issued));
            _waiting.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Session.CompareTo(b.Session));
            foreach (var issued in _waiting)
                if (!Loses(issued.At, issued.Session))
                    Write(issued.At, issued.Session, issued.Id, issued.Key, issued.Client, issued.What, line);
        }
        line.Dispose();
        return line.Lines;
    }

    private bool Loses(long at, ulong session) => (world.Occasions.IssuerLoses(at) && session % 8 == 0)
        || Dice.Mix(session ^ (ulong)at) % 10_000 < (ulong)world.Options.IssuerLoss;

    private void Add(int day, int slice, int loginDay, What what)
    {
        var (from, to) = world.Seats.TurnsOf(slice);
        for (var turn = from; turn < to; turn++)
        {
            var seat = world.Seats.SeatAt(loginDay, turn);
            if (seat < 0)
                return;
            var account = world.Seats.AccountOf(seat);
            if (account < 0 || world.Members.GoneOn(account) <= day)
                continue;
            var pass = world.Seats.PassOn(seat, turn, loginDay);
            var at = pass.IssuedAt + (day - loginDay) * Clock.Day;
            if (what == What.Revoked)
            {
                // every second app says so; the others let the old pass run out
                if (seat % 2 == 0)
                    continue;
                at = world.Seats.PassOn(seat, turn, day).IssuedAt + SlicesBeforeRevoked * Clock.Slice;
            }
            var client = world.Networks.Of(seat, account, world.Seats.DeviceOf(seat), at, !world.Clock.IsWeekend(day));
            _waiting.Add((at, pass.Session, world.Ids.IdOf(account), pass.Key, client, what));
        }
    }

    private void Write(long at, ulong session, long id, byte key, uint client, What what, LineBuffer line)
    {
        line.Add("{\"ts\":\""u8);
        line.AddTime(world.Clock, at);
        line.Add("\",\"event\":\""u8);
        line.Add(what switch { What.Issued => "issued"u8, What.Refreshed => "refreshed"u8, _ => "revoked"u8 });
        line.Add("\",\"sid\":\""u8);
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
