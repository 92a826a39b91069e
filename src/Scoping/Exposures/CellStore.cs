namespace WhoSaw.Scoping.Exposures;

/// <summary>Cells by number, from 1 on, with an index from accounts to their heads.</summary>
internal sealed class CellStore
{
    private const int ChunkBits = 12;
    private const int ChunkCells = 1 << ChunkBits;

    // Chunks never move, so that growing copies nothing; only the first grows to its size.
    private ExposureCell[][] _chunks = [new ExposureCell[32]];
    private int[] _index = new int[64];
    private int _used = 1;

    /// <summary>Numbers in use are 1 to this.</summary>
    public int Count { get; private set; }

    public int Heads { get; private set; }

    public long Bytes => (_used == 1 ? _chunks[0].Length : (long)_used * ChunkCells) * 32L + _index.Length * 4L;

    public ref ExposureCell this[int number] => ref _chunks[number >> ChunkBits][number & (ChunkCells - 1)];

    public static ulong Mix(long subject) => (ulong)subject * 0x9E3779B97F4A7C15;

    /// <summary>The number of the account's head; 0 for none.</summary>
    public int Find(long subject)
    {
        var index = _index;
        for (var slot = SlotOf(subject); ; slot++)
        {
            var number = index[slot & (index.Length - 1)];
            if (number == 0 || this[number].Subject == subject)
                return number;
        }
    }

    /// <summary>
    /// What the index says first of each account: a cell that is worth fetching, its own or a neighbour's. What is
    /// asked for one behind the other would be waited for each time; asked for together the waits overlap.
    /// </summary>
    /// <remarks>
    /// The first field and one of the last: a cell may lie across two lines of the cache.
    /// </remarks>
    /// <returns>Nothing of meaning, so that the reading is not left out.</returns>
    public long Fetch(ReadOnlySpan<ShownRow> rows, Span<int> numbers)
    {
        var (index, sum) = (_index, 0L);
        for (var i = 0; i < rows.Length; i++)
            numbers[i] = index[SlotOf(rows[i].Subject) & (index.Length - 1)];
        foreach (var number in numbers)
            sum += this[number].Subject + this[number].Next;
        return sum;
    }

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
        var (chunk, place) = (++Count >> ChunkBits, Count & (ChunkCells - 1));
        if (chunk == _used)
        {
            if (_used == _chunks.Length)
                Array.Resize(ref _chunks, _used * 2);
            _chunks[_used++] = GC.AllocateUninitializedArray<ExposureCell>(ChunkCells);
        }
        else if (place == _chunks[chunk].Length)
        {
            Array.Resize(ref _chunks[chunk], place * 2);
        }
        _chunks[chunk][place] = cell;
        return Count;
    }

    private static int SlotOf(long subject) => (int)((Mix(subject) >> 20) & int.MaxValue);

    private void Grow()
    {
        _index = new int[_index.Length * 2];
        for (var number = 1; number <= Count; number++)
            if (this[number].IsHead)
                Place(number, this[number].Subject);
    }

    private void Place(int number, long subject)
    {
        var slot = SlotOf(subject) & (_index.Length - 1);
        while (_index[slot] != 0)
            slot = (slot + 1) & (_index.Length - 1);
        _index[slot] = number;
    }
}
