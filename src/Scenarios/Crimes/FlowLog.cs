using System.Globalization;
using System.Text;
using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>Bytes between hosts, as a firewall counts them: the quiet of years, and what goes out once.</summary>
internal sealed class FlowLog(World world, CrimePlan plan)
{
    public const string Source = """
          - id: firewall
            kind: flow
            path: logs/flow/{stream}-*.log.gz
            format: json
            fields: {time: ts, from: src, to: dst, port: dport, bytes: bytes}
        """;

    private readonly List<(long At, string From, string To, int Port, long Bytes)> _outflows = [];

    public void Add(long at, string from, string to, int port, long bytes) =>
        _outflows.Add((at, from, to, port, bytes));

    public void Write()
    {
        plan.SourceEntries.Add(Source);
        for (var day = 0; day < world.Options.Days; day++)
        {
            var number = day;
            plan.Extras.Add(new ExtraLog($"logs/flow/fw1-{world.Clock.FileDate(day)}.log.gz", output =>
                Write(number, output)));
        }
    }

    private long Write(int day, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false));
        var dice = new Dice(world.Seed, Draw.Noise, 77, day);
        var flows = new List<(long At, string From, string To, int Port, long Bytes)>();
        for (var i = 0; i < 1440; i++)
            flows.Add((day * Clock.Day + i * Clock.Minute + dice.Below(60_000), $"10.40.0.{dice.Between(11, 18)}",
                $"10.20.{dice.Below(3)}.{dice.Between(10, 40)}", 443, 2_000 + dice.Below(900_000)));
        flows.AddRange(_outflows.Where(flow => Clock.DayOf(flow.At) == day));
        foreach (var flow in flows.OrderBy(flow => flow.At))
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{{\"ts\":\"{world.Clock.Text(flow.At)}\",\"src\":\"{flow.From}\",\"dst\":\"{flow.To}\",")
                + string.Create(CultureInfo.InvariantCulture, $"\"dport\":{flow.Port},\"bytes\":{flow.Bytes}}}\n"));
        return flows.Count;
    }
}
