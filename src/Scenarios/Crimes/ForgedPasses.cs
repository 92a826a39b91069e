using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// Coupang, 2025: somebody who has left kept a copy of the backup key and signs passes that nobody issued, one a
/// victim. A few tests long before; then all ids, evenly over the day, from many addresses of few requests each.
/// Figures: the joint team, 10 February 2026.
/// </summary>
internal sealed class ForgedPasses(World world, CrimePlan plan) : Crime(world, plan)
{
    // documented: 2,313 addresses; 148,056,502 list views of 33,673,817 accounts in 209 days
    public const int DocumentedAddresses = 2313;
    public const long DocumentedMembers = 33_673_817;
    public const long DocumentedListViews = 148_056_502;
    public const long DocumentedRecords = 664_200_000_000;
    public const int DocumentedDays = 209;

    // 64,011 list views an address in 209 days, about 13 an hour
    private const int ListViewsADayAndAddress = 306;

    private const int Tests = 3;
    private static readonly int[] ListViews = [3, 4, 4, 5, 6];

    /// <summary>The thief's addresses: the documented number in proportion to the accounts, at least eight.</summary>
    public static int AddressesOf(ScenarioOptions options)
    {
        if (options.Addresses > 0)
            return options.Addresses;
        var scaled = (int)Math.Max(8, DocumentedAddresses * options.Accounts / DocumentedMembers);
        return options.Weight switch
        {
            Weight.Mild => Math.Max(2, scaled / 4),
            Weight.Usual => scaled,
            _ =>
            scaled * 4
        };
    }

    /// <summary>
    /// Ids that are tried a day, so that each address sees as many lists as documented: 4.4 of each id that exists.
    /// </summary>
    public static long TriesADay(ScenarioOptions options) => Math.Max(1,
        (long)AddressesOf(options) * ListViewsADayAndAddress * IdSpace.BlockSize * 10 * options.Rate / (
            IdSpace.Filled * 44 * 100));

    public override void Commit()
    {
        var addresses = AddressesOf(World.Options);
        var order = new Shuffle(World.Seed ^ 0xF0, World.Ids.Span);
        var dice = DiceOf(0);
        long place = Test(order, ref dice);
        var tries = TriesADay(World.Options);
        var begin = World.Options.Order == WalkOrder.Ascending ? dice.Below(World.Ids.Span / 2 + 1) : 0;
        for (var day = FirstDay; day < EndDay; day++)
            for (var attempt = 0L; attempt < tries && place < World.Ids.Span; attempt++, place++)
            {
                var at = day * Clock.Day + attempt * Clock.Day / tries + dice.Below(Clock.Day / tries);
                var id = IdSpace.LowestId + World.Options.Order switch
                {
                    WalkOrder.Ascending => (begin + place) % World.Ids.Span,
                    WalkOrder.Sampled => dice.Below(World.Ids.Span),
                    _ => order[place],
                };
                Try(at, id, AddressOf((int)(attempt % addresses)), ref dice);
            }
        Indicate("key", World.Keys.Names[SigningKeys.Backup]);
        Indicate("client", Enumerable.Range(0, addresses).Select(i => AddressText(AddressOf(i))));
    }

    /// <summary>
    /// Does it work? At night, months before where the logs reach back so far, and on the second day otherwise.
    /// </summary>
    private int Test(Shuffle order, ref Dice dice)
    {
        var at = Math.Max(1, FirstDay - 90) * Clock.Day + 8 * Clock.Minute;
        var place = 0;
        for (var tests = 0; tests < Tests; place++)
        {
            var id = IdSpace.LowestId + order[place];
            if (World.Ids.AccountOf(id) < 0 || !World.Answers(id, at + Clock.Hour))
                continue;
            at += dice.Between(20_000, 70_000);
            Take(at, Page.Profile, id, AddressOf(0), dice.Next(), ref dice);
            tests++;
        }
        return place;
    }

    private void Try(long at, long id, uint client, ref Dice dice)
    {
        var session = dice.Next();
        if (World.Options.Disguise.HasFlag(Disguise.Listed) && !World.Answers(id, at))
            return;
        at = Disguised(at, id, client, session, ref dice);
        if (!World.Answers(id, at))
        {
            ref var request = ref Forged(at, Page.Profile, id, client, session, ref dice);
            (request.Status, request.Bytes) = (404, 96);
            Plan.Took();
            return;
        }
        Take(at, Page.Profile, id, client, session, ref dice);
        for (var (view, views) = (1, ListViews[dice.Below(5)]); view <= views; view++)
        {
            at += dice.Between(900, 5_000);
            Take(at, Page.Addresses, id, client, session, ref dice, detail: view);
        }
        // documented: 50,474 views of the edit page and 102,682 of the order list
        if (dice.Chance(15, 10_000))
            Take(at + 1_700, Page.AddressEdit, id, client, session, ref dice, detail: 1);
        if (dice.Chance(30, 10_000))
            Take(at + 2_900, Page.Orders, id, client, session, ref dice);
    }

    private void Take(long at, Page page, long id, uint client, ulong session, ref Dice dice, int detail = 0)
    {
        if (at >= World.End)
            return;
        Forged(at, page, id, client, session, ref dice).Detail = detail;
        Plan.Took();
    }

    /// <summary>What he does first to look like people; when it is done.</summary>
    private long Disguised(long at, long id, uint client, ulong session, ref Dice dice)
    {
        if (World.Options.Disguise.HasFlag(Disguise.LogIns))
        {
            // his own pass: neither it nor his account stands in the line of a log-in
            Ask(at, Page.Login, 0, client, AgentOf(session), ref dice);
            at += dice.Between(2_000, 9_000);
        }
        for (var page = World.Options.Disguise.HasFlag(Disguise.Pages) ? dice.Between(1, 3) : 0; page > 0; page--)
        {
            Forged(at, Page.Product, id, client, session, ref dice).Target = 1 + dice.Below(5000);
            at += dice.Between(2_000, 20_000);
        }
        return at;
    }

    private uint AddressOf(int index) => World.Options.Disguise.HasFlag(Disguise.Shared)
        ? World.Networks.Carrier(index)
        : Networks.Hosting(index);

    // one program behind all addresses, unless he copies the programs of others
    private int AgentOf(ulong session) => World.Options.Disguise.HasFlag(Disguise.Agents)
        ? (int)(session % Agents.Others)
        : Agents.Of(DeviceClass.ChromeWindows, 0, 1);

    private ref Request Forged(long at, Page page, long id, uint client, ulong session, ref Dice dice)
    {
        ref var request = ref Ask(at, page, id, client, AgentOf(session), ref dice);
        (request.Session, request.Account, request.Key) = (session, id, SigningKeys.Backup);
        return ref request;
    }
}
