namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Cells by number, from 1 on, in chunks that never move, with an index from accounts to their heads.
/// </summary>
internal sealed class CellStore
{
    private const int ChunkBits = 12;
    private const int ChunkCells = 1 << ChunkBits;
    private ExposureCell[][] _chunks = new ExposureCell[4][];
    private int[] _index = new int[64];
    private int _used;
    private int _cells;

    /// <summary>Numbers in use are 1 to this.</summary>
    public int Count => _cells;

    public int Heads { get; private set; }

    public long Bytes => (long)_used * ChunkCells * 40 + _index.Length * 4L;

    public ref ExposureCell this[int number] => ref _chunks[number >> ChunkBits][number & (ChunkCells - 1)];

    public static ulong Mix(long subject) => (ulong)subject * 0x9E3779B97F4A7C15;

    /// <summary>The number of the account's head; 0 for none.</summary>
    public int Find(long subject)
    {
        for (var slot = SlotOf(subject); ; slot = (slot + 1) & (_index.Length - 1))
        {
            var number = _index[slot];
            if (number == 0 || this[number].Subject == subject)
                return number;
        }
    }

    /// <summary>What the index says first of an account: a cell that is worth fetching, its own or a neighbour's.</summary>
    public int Guess(long subject) => _index[SlotOf(subject)];

    public int AddHead(in ExposureCell cell)
    {
        if (++Heads * 4L > _index.Length * 3L)
            Grow();
        var number = Add(cell);
        Place(number, cell.Subject);
        return number;
    }

    public int Add(in ExposureCell cell)
    {
        if ((++_cells >> ChunkBits) >= _used)
        {
            if (_used == _chunks.Length)
                Array.Resize(ref _chunks, _used * 2);
            _chunks[_used++] = GC.AllocateUninitializedArray<ExposureCell>(ChunkCells);
        }
        this[_cells] = cell;
        return _cells;
    }

    private int SlotOf(long subject) => (int)((Mix(subject) >> 20) & (uint)(_index.Length - 1));

    private void Grow()
    {
        _index = new int[_index.Length * 2];
        for (var number = 1; number <= _cells; number++)
            if (this[number].Day >= 0)
                Place(number, this[number].Subject);
    }

    private void Place(int number, long subject)
    {
        var slot = SlotOf(subject);
        while (_index[slot] != 0)
            slot = (slot + 1) & (_index.Length - 1);
        _index[slot] = number;
    }
}
