namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The exposures of those accounts that fall to this part, counted. Days come in order; rows of one day in any order.
/// To be locked by whoever applies rows.
/// </summary>
internal sealed class ExposurePart(IReadOnlySet<long> decoys, DayTally[] days)
{
    private const int RowsAtOnce = 256;
    private readonly int[] _numbers = new int[RowsAtOnce];
    private readonly HashSet<long> _decoysTouched = [];

    // Views of a cell beyond 2^32, in units of 2^32.
    private readonly Dictionary<int, long> _carried = [];
    private volatile int _warmth;

    public CellStore Cells { get; } = new();
    public SubjectSet Refused { get; } = new();
    public SubjectSet Absent { get; } = new();
    public int DecoysTouched => _decoysTouched.Count;
    public long Bytes => Cells.Bytes + Refused.Bytes + Absent.Bytes;

    public long ViewsOf(int number) =>
        Cells[number].Views + (_carried.Count == 0 ? 0 : _carried.GetValueOrDefault(number) << 32);

    public void Apply(ReadOnlySpan<ShownRow> rows)
    {
        for (; rows.Length > RowsAtOnce; rows = rows[RowsAtOnce..])
            ApplyFew(rows[..RowsAtOnce]);
        ApplyFew(rows);
    }

    private void ApplyFew(ReadOnlySpan<ShownRow> rows)
    {
        _warmth = (int)Cells.Fetch(rows, _numbers.AsSpan(0, rows.Length));
        foreach (ref readonly var row in rows)
        {
            var head = Cells.Find(row.Subject);
            ref var day = ref days[row.Day];
            if (head == 0)
            {
                if (decoys.Contains(row.Subject))
                {
                    _decoysTouched.Add(row.Subject);
                    continue;
                }
                Cells.AddHead(CellOf(row, row.Day));
                day.Accounts++;
                day.NewAccounts++;
                day.Views++;
                continue;
            }
            day.Views++;
            ref var cell = ref Cells[head];
            if (cell.Day != row.Day)
            {
                cell.Day = row.Day;
                day.Accounts++;
            }
            Count(row, head);
        }
    }

    private void Count(in ShownRow row, int number)
    {
        while (Cells[number].Pair != row.Pair)
        {
            if (Cells[number].Next == 0)
            {
                // before the cell is looked up: adding may move the cells
                var next = Cells.Add(CellOf(row, -1));
                Cells[number].Next = next;
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
