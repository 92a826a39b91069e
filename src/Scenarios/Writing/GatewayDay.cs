using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>
/// One day of all nodes: ten minutes at a time, so memory holds twenty minutes of a site and no more.
/// </summary>
internal sealed class GatewayDay(World world, CrimePlan plan)
{
    private const int SlicesBefore = 2;
    private const int PlaceBits = 32;

    private readonly Visits _visits = new(world);
    private readonly Office _office = new(world);
    private readonly GatewayLines _lines = new(world);
    private readonly long _rotateAt = world.Options.RotateKilobytes > 0
        ? world.Options.RotateKilobytes * 1024L
        : long.MaxValue;

    /// <summary>
    /// Writes the day to the streams of each node, which it closes: a further one when a log has grown to the size at
    /// which it is rotated. The number of lines.
    /// </summary>
    /// <param name="open">A stream for a node and the number of its file of that day.</param>
    public long Write(int day, Func<int, int, Stream> open)
    {
        var start = day * Clock.Day;
        var files = Enumerable.Range(0, world.Nodes.Names.Count)
            .Select(node => new LineBuffer(open(node, 0))).ToArray();
        var parts = new int[files.Length];
        var closed = 0L;
        var waiting = new RequestList();
        for (var slice = -SlicesBefore; slice < 0; slice++)
        {
            // whoever came before midnight may still be here
            if (day > 0)
                Begin(day - 1, Clock.SlicesInDay + slice, Rhythm.Weights(world.Clock, day - 1, world.Occasions),
                    waiting);
        }
        waiting.DropBefore(start);
        var weights = Rhythm.Weights(world.Clock, day, world.Occasions);
        var number = (ulong)(day + 1) << 32;
        for (var slice = 0; slice < Clock.SlicesInDay; slice++)
        {
            Begin(day, slice, weights, waiting);
            waiting.DropBefore(start);
            plan.Add(start + slice * Clock.Slice, start + (slice + 1) * Clock.Slice, waiting);
            // what is later than the day comes at its end: no log is written after its file is closed
            var end = slice == Clock.SlicesInDay - 1 ? long.MaxValue : start + (slice + 1) * Clock.Slice;
            foreach (var place in waiting.Due(start, end, (1UL << PlaceBits) - 1))
            {
                ref readonly var request = ref waiting[(int)(place & ((1UL << PlaceBits) - 1))];
                number++;
                if (request.At < start + Clock.Day && !world.Nodes.IsLost(request.Node, request.At))
                {
                    _lines.Write(request, number, files[request.Node]);
                    if (files[request.Node].Length < _rotateAt)
                        continue;
                    closed += files[request.Node].Lines;
                    files[request.Node].Dispose();
                    files[request.Node] = new LineBuffer(open(request.Node, ++parts[request.Node]));
                }
            }
            waiting.Drop(end);
        }
        foreach (var file in files)
            file.Dispose();
        return closed + files.Sum(file => file.Lines);
    }

    private void Begin(int day, int slice, int[] weights, RequestList into)
    {
        _visits.LogIn(day, slice, into);
        _visits.ComeBack(day, slice, weights[slice], into);
        _office.Work(day, slice, weights[slice], into);
    }
}
