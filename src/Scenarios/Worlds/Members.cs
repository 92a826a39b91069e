using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>What is known of an account, computed from its number.</summary>
internal sealed class Members(ulong seed, long accounts)
{
    public const int DormantPercent = 26;
    public const int LongestBook = 20;

    public bool IsDormant(long account) => new Dice(seed, Draw.Member, account).Chance(DormantPercent, 100);

    /// <summary>The day on which an account is deleted; most never are.</summary>
    public int GoneOn(long account)
    {
        var dice = new Dice(seed, Draw.Member, account, 1);
        return dice.Chance(1, 100) ? dice.Below(100) : int.MaxValue;
    }

    /// <summary>
    /// The people of an account: its holder, then its address book. Half of the book are holders of other accounts;
    /// the rest are people outside, whom several accounts may know.
    /// </summary>
    public int People(long account, Span<long> people)
    {
        var dice = new Dice(seed, Draw.People, account);
        people[0] = account;
        var wanted = dice.Below(100) switch
        {
            < 70 => 0,
            < 97 => dice.Between(1, 4),
            _ =>
            dice.Between(5, LongestBook - 1)
        };
        var count = 1;
        for (var i = 0; i < wanted; i++)
        {
            // families and neighbours: mostly people of accounts near by
            var near = dice.Chance(3, 5) ? (account + dice.Between(1, 40)) % accounts : dice.Below(accounts);
            var person = dice.Chance(1, 2) ? near : accounts + near / 2;
            if (!people[..count].Contains(person))
                people[count++] = person;
        }
        return count;
    }
}
