namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Lets threads read ahead and still count day by day: whoever has read a piece of a day waits until all pieces of the
/// days before it are counted. Pieces are handed out in the order of their days, so that the earliest never waits.
/// </summary>
internal sealed class DayTurns(IReadOnlyList<ScanPiece> pieces, int days)
{
    private readonly object _gate = new();
    private readonly int[] _left = CountByDay(pieces, days);
    private int _next;
    private int _day;

    /// <summary>The next piece; null when there is none any more.</summary>
    public ScanPiece? Take()
    {
        lock (_gate)
            return _next < pieces.Count ? pieces[_next++] : null;
    }

    public void Await(int day)
    {
        lock (_gate)
            while (_day < day)
                Monitor.Wait(_gate);
    }

    /// <summary>To be called once for each piece, whatever became of it.</summary>
    public void Done(int day)
    {
        lock (_gate)
        {
            _left[day]--;
            while (_day < _left.Length && _left[_day] == 0)
                _day++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Hands out no more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            for (; _next < pieces.Count; _next++)
                Done(pieces[_next].Day);
        }
    }

    private static int[] CountByDay(IReadOnlyList<ScanPiece> pieces, int days)
    {
        var counts = new int[days];
        foreach (var piece in pieces)
            counts[piece.Day]++;
        return counts;
    }
}
