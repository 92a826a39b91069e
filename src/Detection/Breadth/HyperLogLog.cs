using System.Numerics;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// How many different numbers were added, within 1.04/√m: m registers of a byte (Flajolet et al. 2007), 64-bit hashes
/// (Heule et al. 2013), and the estimator of Ertl 2017, which needs no corrections for small or large counts.
/// </summary>
internal sealed class HyperLogLog
{
    private readonly byte[] _registers;
    private readonly int _precision;
    private double _estimate;
    private bool _isStale;

    /// <param name="precision">m is two to this power; 4 to 16.</param>
    public HyperLogLog(int precision)
        : this(precision, new byte[1 << precision])
    {
    }

    private HyperLogLog(int precision, byte[] registers)
    {
        (_precision, _registers, _isStale) = (precision, registers, true);
    }

    public int Bytes => _registers.Length;

    public double Estimate
    {
        get
        {
            if (_isStale)
                (_estimate, _isStale) = (Compute(), false);
            return _estimate;
        }
    }

    /// <summary>True when the number changed a register: then it is new for certain.</summary>
    public bool Add(uint number)
    {
        var hash = Mixing.Mix(number + 0x9E3779B97F4A7C15UL);
        var place = hash >> (64 - _precision);
        var rank = (byte)(BitOperations.LeadingZeroCount(hash << _precision | 1UL << (_precision - 1)) + 1);
        if (rank <= _registers[place])
            return false;
        _registers[place] = rank;
        return _isStale = true;
    }

    /// <summary>The same with fewer registers.</summary>
    public HyperLogLog Folded(int precision)
    {
        if (precision >= _precision)
            return this;
        var folded = new byte[1 << precision];
        var bits = _precision - precision;
        for (var place = 0; place < _registers.Length; place++)
        {
            if (_registers[place] == 0)
                continue;
            var low = (uint)place & ((1u << bits) - 1);
            var rank = low == 0 ? bits + _registers[place] : BitOperations.LeadingZeroCount(low) - (32 - bits) + 1;
            ref var register = ref folded[place >> bits];
            register = Math.Max(register, (byte)rank);
        }
        return new HyperLogLog(precision, folded);
    }

    public void Save(BinaryWriter state)
    {
        state.Write((byte)_precision);
        state.Write(_registers);
    }

    public static HyperLogLog Restore(BinaryReader state)
    {
        var precision = state.ReadByte();
        return new HyperLogLog(precision, state.ReadBytes(1 << precision));
    }

    private double Compute()
    {
        var longest = 64 - _precision;
        Span<int> counts = stackalloc int[66];
        foreach (var register in _registers)
            counts[register]++;
        double m = _registers.Length;
        var sum = m * Tau(1 - counts[longest + 1] / m);
        for (var rank = longest; rank >= 1; rank--)
            sum = 0.5 * (sum + counts[rank]);
        return m * m / (2 * Math.Log(2)) / (sum + m * Sigma(counts[0] / m));
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        double y = 1, sum = x, before;
        do
        {
            x *= x;
            before = sum;
            sum += x * y;
            y += y;
        }
        while (sum != before);
        return sum;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        double y = 1, sum = 1 - x, before;
        do
        {
            x = Math.Sqrt(x);
            before = sum;
            y *= 0.5;
            sum -= (1 - x) * (1 - x) * y;
        }
        while (sum != before);
        return sum / 3;
    }
}
