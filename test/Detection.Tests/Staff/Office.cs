namespace WhoSaw.Detection.Tests.Staff;

/// <summary>
/// How many people each employee of a role saw on each day, drawn from a seed: a row for each of them, and a column
/// for each day, 0 on free days.
/// </summary>
internal sealed class Office
{
    private readonly Random _random;

    public Office(int seed, int people, int days, double spread = 0.25, double levels = 0, bool hasRota = false)
    {
        _random = new Random(seed);
        Counts = new int[people, days];
        for (var who = 0; who < people; who++)
        {
            var level = 80 * Math.Exp(levels * Normal());
            for (var day = 0; day < days; day++)
                Counts[who, day] = hasRota && (day + who) % 7 < 2
                    ? 0
                    : (int)Math.Round(level * Math.Exp(spread * Normal()));
        }
    }

    public int[,] Counts { get; }
    public int People => Counts.GetLength(0);
    public int Days => Counts.GetLength(1);

    public int Between(int from, int to) => _random.Next(from, to);

    public Office Times(int who, double times, int from, int days)
    {
        for (var day = from; day < Math.Min(Days, from + days); day++)
            Counts[who, day] = (int)Math.Round(Counts[who, day] * times);
        return this;
    }

    public Office Each(Func<int, bool> who, double times, int from, int days)
    {
        for (var i = 0; i < People; i++)
            if (who(i))
                Times(i, times, from, days);
        return this;
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
