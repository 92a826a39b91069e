using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// A crime: (1) derive from this and fill the plan in <see cref="Commit"/>, from the first to the last day of the
/// crime; (2) name it in <see cref="ScenarioCatalog"/>; (3) give it a row in docs/scenarios.md.
/// </summary>
internal abstract class Crime(World world, CrimePlan plan)
{
    protected World World { get; } = world;
    protected CrimePlan Plan { get; } = plan;

    /// <summary>The day on which it begins in earnest: not before it is known what is ordinary.</summary>
    protected int FirstDay => World.Options.CrimeDays > 0
        ? World.Options.Days - World.Options.CrimeDays
        : Math.Max(2, World.Options.Days * 2 / 5);

    protected int EndDay => World.Options.Days;

    public abstract void Commit();

    /// <summary>One of three settings, and the dial of the frontier on it; at least 1.</summary>
    protected int Scaled(int mild, int usual, int severe)
    {
        var rate = World.Options.Weight switch { Weight.Mild => mild, Weight.Usual => usual, _ => severe };
        return Math.Max(1, (int)((long)rate * World.Options.Rate / 100));
    }

    /// <summary>An actor's draws.</summary>
    protected Dice DiceOf(long actor) => new(World.Seed, Draw.Crime, actor);

    /// <summary>A further request in the plan, answered with 200; the caller fills in what differs.</summary>
    protected ref Request Ask(long at, Page page, long target, uint client, int agent, ref Dice dice)
    {
        ref var request = ref Plan.Ask();
        request.At = at;
        request.Page = page;
        request.Target = target;
        request.Client = client;
        request.Agent = (short)agent;
        request.Status = 200;
        request.Bytes = 420 + dice.Below(1800);
        request.Node = (byte)dice.Below(World.Nodes.Names.Count);
        return ref request;
    }

    protected void Indicate(string column, params IEnumerable<string> values) =>
        Plan.Truth.Indicators[column] = [.. values.Distinct().Order(StringComparer.Ordinal)];

    protected static string AddressText(uint address) => Networks.Text(address);
}
