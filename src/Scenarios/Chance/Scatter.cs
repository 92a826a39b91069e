namespace WhoSaw.Scenarios.Chance;

/// <summary>
/// A cheap one-to-one scattering of 0 … count − 1 and its inverse: a multiplication modulo the count.
/// </summary>
internal readonly struct Scatter
{
    private readonly ulong _count;
    private readonly ulong _factor;
    private readonly ulong _inverse;

    /// <param name="seed">Which scattering.</param>
    /// <param name="count">1 to 2³¹.</param>
    public Scatter(ulong seed, long count)
    {
        _count = (ulong)count;
        _factor = Dice.Mix(seed) % _count | 1;
        while (Divisor(_factor, _count) != 1)
            _factor = (_factor + 2) % _count is 0 ? 1 : _factor + 2;
        _factor %= _count;
        _inverse = Inverse((long)_factor, count);
    }

    public long To(long value) => (long)((ulong)value * _factor % _count);

    public long From(long value) => (long)((ulong)value * _inverse % _count);

    private static ulong Divisor(ulong a, ulong b) => b == 0 ? a : Divisor(b, a % b);

    private static ulong Inverse(long value, long modulus)
    {
        var (a, b, x, y) = (value, modulus, 1L, 0L);
        while (b != 0)
        {
            var quotient = a / b;
            (a, b) = (b, a - quotient * b);
            (x, y) = (y, x - quotient * y);
        }
        return (ulong)((x % modulus + modulus) % modulus);
    }
}
