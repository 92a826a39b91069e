using System.Numerics;

namespace WhoSaw.Scenarios.Chance;

/// <summary>What a number is drawn for; each purpose has draws of its own.</summary>
internal enum Draw : ulong
{
    Member = 1,
    People,
    Seat,
    Device,
    Session,
    Login,
    Visit,
    Slice,
    Page,
    Node,
    Staff,
    Service,
    Crawler,
    Crime,
    Order,
    Noise,
}

/// <summary>
/// Numbers by name, not by turn: the same (seed, purpose, entity, moment) gives the same numbers on any thread, in
/// any order, on any machine. SplitMix64 (Steele, Lea, Flood 2014); integers only, so nothing depends on a
/// processor's floating point.
/// </summary>
internal struct Dice(ulong seed, Draw purpose, long entity, long moment = 0)
{
    private ulong _state = Mix(Mix(Mix(seed ^ ((ulong)purpose * 0xD6E8FEB86659FD93)) + (ulong)entity) + (ulong)moment);

    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public ulong Next() => Mix(_state++);

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)(uint)count) >> 32);

    public long Below(long count) => (long)Math.BigMul(Next(), (ulong)count, out _);

    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in <paramref name="parts"/> of <paramref name="of"/> cases.</summary>
    public bool Chance(int parts, int of) => Below(of) < parts;

    /// <summary>
    /// Mean <paramref name="mean"/>, at least 0, mostly small: the number of failures before a success.
    /// </summary>
    public int Geometric(int mean)
    {
        // leading zeros of a random word halve; two of them with a remainder give a tail close to the exponential
        var (zeros, rest) = (BitOperations.LeadingZeroCount(Next() | 1), Below(1024));
        return (int)((zeros * 1024L + rest) * mean / 1536);
    }
}
