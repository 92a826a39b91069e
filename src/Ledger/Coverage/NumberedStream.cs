using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>A stream whose lines bear numbers, perhaps.</summary>
internal sealed class NumberedStream
{
    private const int Enough = 100, MostHoles = 50;
    private const double Share = 0.95;
    private readonly List<NumberHole> _holes = [];
    private NumberHole? _smallest;
    private (long Number, EventTime Time)? _last;
    private long _first;
    private long _largest;
    private long _steps;
    private long _seen;
    private long _between;

    /// <summary>Lines that were seen, with a number or without.</summary>
    public long Lines { get; set; }

    public void See(long number, EventTime time)
    {
        if (_seen++ == 0)
            _first = number;
        if (_last is { } last && number > last.Number)
        {
            _steps++;
            if (number > last.Number + 1)
                Add(new NumberHole(last.Number + 1, number - 1, last.Time, time));
        }
        _largest = Math.Max(_largest, number);
        _last = (number, time);
    }

    /// <summary>
    /// How many numbers are missing, and where it is certain that some are; null when the stream does not count, or
    /// none is.
    /// </summary>
    /// <param name="records">Lines of the stream, with those that were not seen here.</param>
    public (long Missing, IReadOnlyList<NumberHole> Holes)? Fault(long records)
    {
        // Ids that are numbers by chance lie anywhere; those of a counter rise, and lie close.
        if (_seen < Enough || _seen < Share * Lines || _steps < Share * (_seen - 1) || _largest - _first > 2 * records)
            return null;
        var unseen = Math.Max(0, records - Lines);
        var missing = _between - unseen;
        return missing <= 0 ? null
            : (missing, [.. _holes.Where(hole => Width(hole) > unseen).OrderBy(hole => hole.First)]);
    }

    private static long Width(NumberHole hole) => hole.Last - hole.First + 1;

    private void Add(NumberHole hole)
    {
        _between += Width(hole);
        if (_holes.Count == MostHoles)
        {
            if (Width(hole) <= Width(_smallest!))
                return;
            _holes.Remove(_smallest!);
        }
        _holes.Add(hole);
        _smallest = _holes.MinBy(Width);
    }
}
