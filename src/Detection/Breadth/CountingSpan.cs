namespace WhoSaw.Detection.Breadth;

/// <summary>The stretches of time over which people are counted; each lies within the next.</summary>
internal enum CountingSpan : byte
{
    Hour,
    Day,

    /// <summary>Thirty days.</summary>
    Month,

    /// <summary>Twelve of these: 360 days.</summary>
    Year,
}

internal static class Spans
{
    public const int Count = 4;

    public static string In(this CountingSpan span) => span switch
    {
        CountingSpan.Hour => "an hour",
        CountingSpan.Day => "a day",
        CountingSpan.Month => "in 30 days",
        _ => "in a year",
    };
}
