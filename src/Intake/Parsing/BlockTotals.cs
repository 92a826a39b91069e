using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// Lines and bytes of a block by minute, operation and outcome: a small table with the last key at hand.
/// </summary>
internal sealed class BlockTotals
{
    private long[] _keys = new long[256];
    private long[] _lines = new long[256];
    private long[] _bytes = new long[256];
    private int _count;
    private long _lastKey = -1;
    private int _lastSlot;

    // minute (40 bits) | operation + 1 (16 bits) | outcome (8 bits); 0 is an empty slot, so every key has its top bit
    // set.
    private const long Used = long.MinValue;

    public void Clear()
    {
        Array.Clear(_keys);
        _count = 0;
        _lastKey = -1;
    }

    public void Add(long minute, int operation, Outcome outcome, long bytes)
    {
        var key = Used | (minute & 0x7F_FFFF_FFFF) << 24 | (uint)((operation + 1) & 0xFFFF) << 8 | (byte)outcome;
        if (key != _lastKey)
            Find(key);
        _lines[_lastSlot]++;
        _bytes[_lastSlot] += Math.Max(0, bytes);
    }

    /// <summary>Adds everything to the totals of a run, for that stream.</summary>
    public void AddTo(StreamTotals totals, int stream)
    {
        for (var slot = 0; slot < _keys.Length; slot++)
        {
            if (_keys[slot] == 0)
                continue;
            // Minutes before 1970 keep their sign: 39 bits, sign-extended.
            var minute = (_keys[slot] >> 24 & 0x7F_FFFF_FFFF) << 25 >> 25;
            var operation = (short)((_keys[slot] >> 8 & 0xFFFF) - 1);
            totals.Add(stream, minute, operation, (Outcome)(_keys[slot] & 0xFF), _lines[slot], _bytes[slot]);
        }
    }

    private void Find(long key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((ulong)(key * -7046029254386353131L) >> 40) & mask;
        while (_keys[slot] != key && _keys[slot] != 0)
            slot = (slot + 1) & mask;
        if (_keys[slot] == 0)
        {
            if (_count * 2 >= _keys.Length)
            {
                Grow();
                Find(key);
                return;
            }
            _keys[slot] = key;
            _lines[slot] = _bytes[slot] = 0;
            _count++;
        }
        _lastKey = key;
        _lastSlot = slot;
    }

    private void Grow()
    {
        var (keys, lines, bytes) = (_keys, _lines, _bytes);
        _keys = new long[keys.Length * 2];
        _lines = new long[keys.Length * 2];
        _bytes = new long[keys.Length * 2];
        _count = 0;
        for (var old = 0; old < keys.Length; old++)
        {
            if (keys[old] == 0)
                continue;
            Find(keys[old]);
            _lines[_lastSlot] = lines[old];
            _bytes[_lastSlot] = bytes[old];
        }
    }
}

/// <summary>The totals of a run: what each stream logged in each minute, by operation and outcome.</summary>
public sealed class StreamTotals
{
    private readonly Dictionary<
        (int Stream, long Minute, short Operation, Outcome Outcome), (long Lines, long Bytes)> _totals = [];

    public void Add(int stream, long minute, short operation, Outcome outcome, long lines, long bytes)
    {
        ref var total = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _totals, (stream, minute, operation, outcome), out _);
        total = (total.Lines + lines, total.Bytes + bytes);
    }

    /// <summary>
    /// Gives away what lies before a minute, in no particular order; later lines of the same key begin anew.
    /// </summary>
    public IReadOnlyList<MinuteTotal> TakeBefore(long minute)
    {
        var taken = new List<MinuteTotal>();
        foreach (var (key, total) in _totals)
        {
            if (key.Minute >= minute)
                continue;
            taken.Add(new MinuteTotal(key.Stream, key.Minute, key.Operation, key.Outcome, total.Lines, total.Bytes));
            _totals.Remove(key);
        }
        return taken;
    }
}
