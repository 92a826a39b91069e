namespace WhoSaw.Scenarios.Worlds;

/// <summary>How much happens in which ten minutes: by hour, weekday, payday and what the scenario adds.</summary>
internal sealed class Rhythm
{
    // a shop in Korea: little before six, a rise at lunch, the peak after dinner
    private static readonly int[] Hours =
        [38, 22, 14, 10, 9, 12, 22, 38, 52, 60, 66, 70, 80, 72, 66, 64, 64, 66, 68, 74, 86, 96, 90, 62];

    private static readonly int[] Base = [.. Enumerable.Range(0, Clock.SlicesInDay).Select(BaseWeight)];
    private static readonly int[] Cumulative = Sums(Base);
    private static readonly byte[] SliceOfPart =
        [.. Base.SelectMany((weight, slice) => Enumerable.Repeat((byte)slice, weight))];

    public static int Total => SliceOfPart.Length;

    /// <summary>The slice of one of <see cref="Total"/> equal parts of an ordinary day.</summary>
    public static int SliceOf(int part) => SliceOfPart[part];

    public static int PartsBefore(int slice) => Cumulative[slice];

    /// <summary>A day's slices; an ordinary weekday sums to <see cref="Total"/>.</summary>
    public static int[] Weights(Clock clock, int day, Occasions occasions)
    {
        var date = clock.DateOf(day);
        var percent = date.DayOfWeek switch
        {
            DayOfWeek.Saturday => 92,
            DayOfWeek.Sunday => 118,
            DayOfWeek.Monday => 106,
            _ => 100,
        };
        // paydays: much of the country is paid on the 25th, public servants on the 20th
        if (date.Day is 25 or 20)
            percent = percent * (date.Day == 25 ? 125 : 108) / 100;
        return [.. Base.Select((weight, slice) => weight * percent * occasions.Percent(day, slice) / 10_000)];
    }

    private static int BaseWeight(int slice)
    {
        var (hour, sixth) = Math.DivRem(slice, 6);
        return (Hours[hour] * (6 - sixth) + Hours[(hour + 1) % 24] * sixth) / 6;
    }

    private static int[] Sums(int[] weights)
    {
        var sums = new int[weights.Length + 1];
        for (var i = 0; i < weights.Length; i++)
            sums[i + 1] = sums[i] + weights[i];
        return sums;
    }
}
