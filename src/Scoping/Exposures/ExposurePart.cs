namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The exposures of those accounts that fall to this part, counted. Days come in order; rows of one day in any order.
/// To be locked by whoever applies rows.
/// </summary>
internal sealed class ExposurePart(IReadOnlySet<long> decoys, DayTally[] days)
{
    private readonly int[] _guesses = new int[ExposureParts.BufferRows];
    private readonly HashSet<long> _decoysTouched = [];

    // Views of a cell beyond 2^32, in units of 2^32.
    private readonly Dictionary<int, long> _carried = [];
    private volatile int _warmth;

    public CellStore Cells { get; } = new();
    public SubjectSet Refused { get; } = new();
    public SubjectSet Absent { get; } = new();
    public int DecoysTouched => _decoysTouched.Count;
    public long Bytes => Cells.Bytes + Refused.Bytes + Absent.Bytes;

    public long ViewsOf(int number) => Cells[number].Views + (_carried.GetValueOrDefault(number) << 32);

    /// <param name="day">Index of the day, in the order of time.</param>
    public void Apply(ReadOnlySpan<ShownRow> rows, int day)
    {
        Fetch(rows);
        var (accounts, fresh, views) = (0L, 0L, 0L);
        foreach (ref readonly var row in rows)
        {
            var head = Cells.Find(row.Subject);
            if (head == 0)
            {
                if (decoys.Contains(row.Subject))
                {
                    _decoysTouched.Add(row.Subject);
                    continue;
                }
                Cells.AddHead(CellOf(row, day));
                (accounts, fresh, views) = (accounts + 1, fresh + 1, views + 1);
                continue;
            }
            views++;
            ref var cell = ref Cells[head];
            if (cell.Day != day)
            {
                cell.Day = day;
                accounts++;
            }
            Count(row, head);
        }
        days[day].Accounts += accounts;
        days[day].NewAccounts += fresh;
        days[day].Views += views;
    }

    // A hundred million accounts lie far apart in memory. Asked for one behind the other each would be waited for;
    // asked for together the waits overlap.
    private void Fetch(ReadOnlySpan<ShownRow> rows)
    {
        var guesses = _guesses.AsSpan(0, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            guesses[i] = Cells.Guess(rows[i].Subject);
        var sum = 0L;
        foreach (var guess in guesses)
            if (guess > 0)
                sum += Cells[guess].Subject;
        _warmth = (int)sum;
    }

    private void Count(in ShownRow row, int number)
    {
        while (Cells[number].Pair != row.Pair)
        {
            if (Cells[number].Next == 0)
            {
                Cells[number].Next = Cells.Add(CellOf(row, -1));
                return;
            }
            number = Cells[number].Next;
        }
        ref var cell = ref Cells[number];
        cell.First = Math.Min(cell.First, row.Time);
        cell.Last = Math.Max(cell.Last, row.Time);
        if (++cell.Views == 0)
            _carried[number] = _carried.GetValueOrDefault(number) + 1;
    }

    private static ExposureCell CellOf(in ShownRow row, int day) => new()
    {
        Subject = row.Subject,
        First = row.Time,
        Last = row.Time,
        Views = 1,
        Day = day,
        Pair = (ushort)row.Pair,
    };
}

/// <summary>What one part counted of one day.</summary>
internal struct DayTally
{
    public long Accounts;
    public long NewAccounts;
    public long Views;
}
