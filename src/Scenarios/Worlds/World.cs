using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>
/// A shop, its members and its machines; the same for every scenario with the same options. Holds no table by
/// account.
/// </summary>
internal sealed class World
{
    private const int LinesOfLogin = 8;

    public World(ScenarioOptions options)
    {
        Options = options;
        Clock = new Clock(options.Start);
        Ids = new IdSpace(options.Seed, options.Accounts, options.CanaryCount);
        Members = new Members(options.Seed, options.Accounts);
        Occasions = new Occasions(options);
        Keys = new SigningKeys(Clock, options.Days);
        Networks = new Networks(options.Seed, options.Accounts);
        // not more seats than the traffic has room for: a login is followed by a visit
        var seats = options.GatewayLinesPerDay * 45 / 100 * SessionRules.CycleDays / LinesOfLogin;
        Seats = new Seats(options, Members, Keys, Occasions, Math.Clamp(seats * 100 / 98, 100, options.Accounts));
        Nodes = new Nodes(options);
    }

    public ScenarioOptions Options { get; }
    public ulong Seed => Options.Seed;
    public Clock Clock { get; }
    public IdSpace Ids { get; }
    public Members Members { get; }
    public Occasions Occasions { get; }
    public SigningKeys Keys { get; }
    public Networks Networks { get; }
    public Seats Seats { get; }
    public Nodes Nodes { get; }

    public long End => Options.Days * Clock.Day;

    /// <summary>Lines of the gateway a day that are left for people who come back without logging in.</summary>
    public long VisitLinesPerDay =>
        Options.GatewayLinesPerDay * 94 / 100 - Seats.Count * (
            100 - Members.DormantPercent) / 100 * LinesOfLogin / SessionRules.CycleDays;

    /// <summary>Whether an id shows somebody at a time: an account that is not deleted, or a decoy.</summary>
    public bool Answers(long id, long at) =>
        Ids.IsCanary(id) || (Ids.AccountOf(id) is >= 0 and var account && Members.GoneOn(account) > Clock.DayOf(at));

    /// <summary>Accounts that are still there at the end.</summary>
    public bool IsListed(long account) => Members.GoneOn(account) >= Options.Days;

    /// <summary>An account that comes now and then, drawn by somebody whose work it is.</summary>
    public long ActiveAccount(ref Dice dice)
    {
        while (true)
        {
            var account = dice.Below(Options.Accounts);
            if (!Members.IsDormant(account) && IsListed(account))
                return account;
        }
    }
}
