using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>A pass as its issuer gave it.</summary>
internal readonly record struct Pass(ulong Session, byte Key, long IssuedAt);

/// <summary>
/// A seat is a device on which an account is logged in. Every seat logs in once in 28 days, at a time that is
/// computed from its number, so that any moment's session is known without having lived through the days before.
/// </summary>
internal sealed class Seats
{
    private readonly ulong _seed;
    private readonly Members _members;
    private readonly Scatter _accounts;
    private readonly Scatter _turns;
    private readonly SigningKeys _keys;
    private readonly Occasions _occasions;
    private readonly int _startNumber;
    private readonly long _accountsUsed;
    private readonly long _perDay;

    /// <param name="accountsUsed">Accounts that may log in at all; some of them are dormant and never do.</param>
    public Seats(ScenarioOptions options, Members members, SigningKeys keys, Occasions occasions, long accountsUsed)
    {
        (_seed, _members, _keys, _occasions) = (options.Seed, members, keys, occasions);
        _accountsUsed = accountsUsed;
        // a third have a second device
        Count = accountsUsed * 4 / 3;
        _accounts = new Scatter(_seed ^ 0xACC, options.Accounts);
        _turns = new Scatter(_seed ^ 0x7A9, Count);
        _perDay = (Count + SessionRules.CycleDays - 1) / SessionRules.CycleDays;
        _startNumber = options.Start.DayNumber;
    }

    public long Count { get; }

    /// <summary>The account of a seat; −1 when its holder never comes.</summary>
    public long AccountOf(long seat)
    {
        var account = _accounts.To(seat % _accountsUsed);
        return _members.IsDormant(account) ? -1 : account;
    }

    public DeviceClass DeviceOf(long seat) => new Dice(_seed, Draw.Seat, seat).Below(100) switch
    {
        < 36 => DeviceClass.AppAndroid,
        < 56 => DeviceClass.AppIphone,
        < 70 => DeviceClass.ChromeAndroid,
        < 80 => DeviceClass.SafariIphone,
        < 93 => DeviceClass.ChromeWindows,
        < 96 => DeviceClass.EdgeWindows,
        _ => DeviceClass.SafariMac,
    };

    /// <summary>
    /// The agent of a seat's device on a day: versions come in over some days, and some never update.
    /// </summary>
    public int AgentOf(long seat, DeviceClass device, int day)
    {
        var dice = new Dice(_seed, Draw.Seat, seat, 1);
        var (variant, patience) = (dice.Below(6), dice.Below(100));
        var version = patience >= 97 ? 0 : patience < _occasions.Rollout(day) ? 2 : 1;
        return Agents.Of(device, variant, version);
    }

    /// <summary>The seats that log in in a slice of a day, dormant ones among them.</summary>
    public (long From, long To) TurnsOf(int slice) => (
        (Rhythm.PartsBefore(slice) * _perDay + Rhythm.Total - 1) / Rhythm.Total,
        (Rhythm.PartsBefore(slice + 1) * _perDay + Rhythm.Total - 1) / Rhythm.Total);

    /// <summary>The seat whose turn it is; −1 beyond the last.</summary>
    public long SeatAt(int day, long turn)
    {
        var place = CycleDayOf(day) * _perDay + turn;
        return place < Count ? _turns.From(place) : -1;
    }

    /// <summary>The pass that a seat has at a time.</summary>
    public Pass PassOf(long seat, long at)
    {
        var (cycleDay, turn) = Math.DivRem(_turns.To(seat), _perDay);
        var today = Clock.DayOf(at);
        var age = (CycleDayOf(today) - cycleDay + SessionRules.CycleDays) % SessionRules.CycleDays;
        var day = today - (int)age;
        var pass = PassOn(seat, turn, day);
        return pass.IssuedAt <= at ? pass : PassOn(seat, turn, day - SessionRules.CycleDays);
    }

    public Pass PassOn(long seat, long turn, int day)
    {
        var dice = new Dice(_seed, Draw.Session, seat, day);
        var slice = Rhythm.SliceOf((int)(turn * Rhythm.Total / _perDay));
        var at = day * Clock.Day + slice * Clock.Slice + dice.Below((int)Clock.Slice);
        var session = dice.Next();
        // the backup key signs one in 64, and everything while the login system is down
        var key = dice.Chance(1, 64) || _occasions.IsDown(at) ? (byte)SigningKeys.Backup : _keys.MainOn(day);
        return new Pass(session, key, at);
    }

    private long CycleDayOf(int day) => (_startNumber + day) % SessionRules.CycleDays;
}
