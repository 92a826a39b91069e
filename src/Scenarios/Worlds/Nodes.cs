using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>A stretch that one writer's log lacks.</summary>
internal readonly record struct LostStretch(int Node, long From, long To);

/// <summary>The gateway's machines: their clocks differ, their logs come late, and one of them dies.</summary>
internal sealed class Nodes
{
    private readonly ulong _seed;

    public Nodes(ScenarioOptions options)
    {
        _seed = options.Seed;
        Names = [.. Enumerable.Range(1, options.Nodes).Select(number => $"gw{number}")];
        var day = Math.Min(6, options.Days - 1);
        var from = ScenarioCatalog.Find(options.Scenario)!.DiesAt * Clock.Hour;
        if (options.Scenario == ScenarioCatalog.BulkInsider && options.Weight == Weight.Mild)
            from = 12 * Clock.Hour;
        if (options.NodeDies && options.Nodes > 1 && from >= 0)
            Lost = [new LostStretch(1, day * Clock.Day + from, day * Clock.Day + from + 6 * Clock.Hour)];
    }

    public IReadOnlyList<string> Names { get; }
    public IReadOnlyList<LostStretch> Lost { get; } = [];

    /// <summary>
    /// What a node's clock shows when it is really <paramref name="at"/>: up to a fifth of a second off.
    /// </summary>
    public long Shown(int node, long at) => at + (long)(Dice.Mix(_seed + (ulong)node) % 400) - 200;

    public bool IsLost(int node, long at)
    {
        foreach (var lost in Lost)
            if (lost.Node == node && at >= lost.From && at < lost.To)
                return true;
        return false;
    }
}
