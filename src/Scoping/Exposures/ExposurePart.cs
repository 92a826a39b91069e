namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The exposures of those accounts that fall to this part, counted. Days come in order; rows of one day in any order.
/// To be locked by whoever applies rows.
/// </summary>
internal sealed class ExposurePart(IReadOnlySet<long> decoys, ScanTime times)
{
    private const int RowsAtOnce = 256;
    private readonly int[] _numbers = new int[RowsAtOnce];
    private readonly DayTally[] _days = new DayTally[times.Days];
    private readonly HashSet<long> _decoysTouched = [];

    // Views of a cell beyond 2^16, in units of 2^16.
    private readonly Dictionary<int, long> _carried = [];
    private int _day;
    private (long From, long To) _today = (0, long.MinValue);
    private volatile int _warmth;

    public CellStore Cells { get; } = new();
    public SubjectSet Refused { get; } = new();
    public SubjectSet Absent { get; } = new();
    public int DecoysTouched => _decoysTouched.Count;
    public IReadOnlyList<DayTally> Days => _days;
    public long Bytes => Cells.Bytes + Refused.Bytes + Absent.Bytes;

    public long ViewsOf(int number) =>
        Cells[number].Views + (_carried.Count == 0 ? 0 : _carried.GetValueOrDefault(number) << 16);

    public void Apply(ReadOnlySpan<ShownRow> rows)
    {
        for (; rows.Length > RowsAtOnce; rows = rows[RowsAtOnce..])
            ApplyFew(rows[..RowsAtOnce]);
        ApplyFew(rows);
    }

    private void ApplyFew(ReadOnlySpan<ShownRow> rows)
    {
        _warmth = (int)Cells.Fetch(rows, _numbers.AsSpan(0, rows.Length));
        for (var i = 0; i < rows.Length; i++)
        {
            var (subject, time) = (rows[i].Subject, times.TimeOf(rows[i].Packed));
            if (time >= _today.To || time < _today.From)
                Enter(times.DayOf(time));
            ref var day = ref _days[_day];
            // what was fetched first is the account's own, unless another's lies there or it came just now
            var head = _numbers[i];
            if (head == 0 || Cells[head].Subject != subject)
                head = Cells.Find(subject);
            if (head == 0)
            {
                if (decoys.Contains(subject))
                {
                    _decoysTouched.Add(subject);
                    continue;
                }
                Cells.AddHead(new ExposureCell(subject, time, times.PairOf(rows[i].Packed), isHead: true));
                day.Accounts++;
                day.NewAccounts++;
            }
            else if (Count(head, subject, time, times.PairOf(rows[i].Packed)))
            {
                day.Accounts++;
            }
            day.Views++;
        }
    }

    private void Enter(int day)
    {
        _day = day;
        var from = times.StartOf(day);
        _today = (from, from + Records.EventTime.Day);
    }

    /// <summary>True when the account was not seen on this day before.</summary>
    private bool Count(int head, long subject, long time, int pair)
    {
        var (isFirst, last) = (true, 0);
        var found = 0;
        for (var number = head; number != 0;)
        {
            ref var cell = ref Cells[number];
            isFirst &= cell.Last < _today.From;
            if (cell.Pair == pair)
            {
                found = number;
                cell.First = Math.Min(cell.First, time);
                cell.Last = Math.Max(cell.Last, time);
                if (++cell.Views == 0)
                    _carried[number] = _carried.GetValueOrDefault(number) + 1;
            }
            (last, number) = (number, cell.Next);
        }
        if (found == 0)
        {
            // before the last cell is looked up: adding may move the cells
            var next = Cells.Add(new ExposureCell(subject, time, pair, isHead: false));
            Cells[last].Next = next;
        }
        return isFirst;
    }
}

/// <summary>What one part counted of one day.</summary>
internal struct DayTally
{
    public long Accounts;
    public long NewAccounts;
    public long Views;
}
