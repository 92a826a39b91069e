namespace WhoSaw.Scoping.Exposures;

/// <summary>Cells by number, from 1 on, with an index from accounts to their heads.</summary>
/// <remarks>
/// A word of the index is a number and, above it, some bits of the account: a cell of another account, which lies far
/// away, is seldom looked at.
/// </remarks>
internal sealed class CellStore
{
    /// <summary>Beyond so many cells others have to count: a quarter of the numbers, for many rows may wait.</summary>
    public const int Many = 1 << (NumberBits - 2);

    private const int NumberBits = 24;
    private const int Numbers = (1 << NumberBits) - 1;
    private const int ChunkBits = 10;
    private const int ChunkCells = 1 << ChunkBits;

    // Chunks never move, neither here nor in the heap: growing copies nothing. Only the first grows to its size.
    private ExposureCell[][] _chunks = [new ExposureCell[32]];
    private int[] _index = new int[64];
    private int _shift = 64 - 6;
    private int _used = 1;

    /// <summary>Numbers in use are 1 to this.</summary>
    public int Count { get; private set; }

    public int Heads { get; private set; }

    public long Bytes => (_used == 1 ? _chunks[0].Length : (long)_used * ChunkCells) * 32L + _index.Length * 4L;

    public ref ExposureCell this[int number] => ref _chunks[number >> ChunkBits][number & (ChunkCells - 1)];

    public static ulong Mix(long subject) => (ulong)subject * 0x9E3779B97F4A7C15;

    /// <summary>
    /// The place of a subject in a table of its part: by the bits below the part's, which lie far apart for numbers
    /// that follow one another, and in the same order in a table of any size.
    /// </summary>
    /// <param name="shift">64 less the bits of the table's size, of which there are some.</param>
    public static int SlotOf(long subject, int shift) => (int)((Mix(subject) << ExposureParts.Bits) >> shift);

    /// <summary>The number of the account's head; 0 for none.</summary>
    public int Find(long subject)
    {
        var (index, mark) = (_index, MarkOf(subject));
        for (var slot = SlotOf(subject, _shift); index[slot] != 0; slot = (slot + 1) & (index.Length - 1))
            if (IsMarked(index[slot], mark) && this[index[slot] & Numbers].Subject == subject)
                return index[slot] & Numbers;
        return 0;
    }

    /// <summary>
    /// The head of each account, or once in 256 a neighbour's; 0 for none. What is asked for one behind the other would
    /// be waited for each time; asked for together the waits overlap.
    /// </summary>
    /// <remarks>
    /// The first field and one of the last: a cell may lie across two lines of the cache.
    /// </remarks>
    /// <returns>Nothing of meaning, so that the reading is not left out.</returns>
    public long Fetch(ReadOnlySpan<ShownRow> rows, Span<int> numbers)
    {
        var (index, shift, sum) = (_index, _shift, 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            var (slot, mark) = (SlotOf(rows[i].Subject, shift), MarkOf(rows[i].Subject));
            while (index[slot] != 0 && !IsMarked(index[slot], mark))
                slot = (slot + 1) & (index.Length - 1);
            numbers[i] = index[slot] & Numbers;
        }
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
        if (Count == Numbers)
            throw new InvalidOperationException("a part of a scope has too many cells");
        var (chunk, place) = (++Count >> ChunkBits, Count & (ChunkCells - 1));
        if (chunk == _used)
        {
            if (_used == _chunks.Length)
                Array.Resize(ref _chunks, _used * 2);
            _chunks[_used++] = GC.AllocateUninitializedArray<ExposureCell>(ChunkCells, pinned: true);
        }
        else if (place == _chunks[chunk].Length)
        {
            Array.Resize(ref _chunks[chunk], place * 2);
        }
        _chunks[chunk][place] = cell;
        return Count;
    }


    private static int MarkOf(long subject) => (int)(Mix(subject) >> 8) & ~Numbers;

    private static bool IsMarked(int word, int mark) => ((word ^ mark) & ~Numbers) == 0;

    private void Grow()
    {
        // written before it is read: the system would give a page for the reading and another for the writing
        _index = GC.AllocateUninitializedArray<int>(_index.Length * 2);
        Array.Clear(_index);
        _shift--;
        for (var number = 1; number <= Count; number++)
            if (this[number].IsHead)
                Place(number, this[number].Subject);
    }

    private void Place(int number, long subject)
    {
        var slot = SlotOf(subject, _shift);
        while (_index[slot] != 0)
            slot = (slot + 1) & (_index.Length - 1);
        _index[slot] = number | MarkOf(subject);
    }
}
