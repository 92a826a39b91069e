namespace WhoSaw.Scenarios.Chance;

/// <summary>
/// A shuffled order of 0 … count − 1 that is computed, not stored: four Feistel rounds on the next even
/// power of two, walked until inside (Black and Rogaway 2002).
/// </summary>
internal readonly struct Shuffle
{
    private const int Rounds = 4;
    private readonly ulong _seed;
    private readonly long _count;
    private readonly int _half;

    public Shuffle(ulong seed, long count)
    {
        _seed = seed;
        _count = count;
        _half = 1;
        while (1L << (2 * _half) < count)
            _half++;
    }

    public long this[long place]
    {
        get
        {
            do
                place = Once(place);
            while (place >= _count);
            return place;
        }
    }

    private long Once(long value)
    {
        var mask = (1UL << _half) - 1;
        var (left, right) = ((ulong)value >> _half, (ulong)value & mask);
        for (var round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (Dice.Mix(_seed + ((ulong)round << 56) + right) & mask));
        return (long)((left << _half) | right);
    }
}
