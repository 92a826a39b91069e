namespace WhoSaw.Scenarios.Worlds;

/// <summary>How long passes live.</summary>
internal static class SessionRules
{
    /// <summary>Everybody logs in anew after so many days.</summary>
    public const int CycleDays = 28;

    /// <summary>A pass is refreshed once, after so many days.</summary>
    public const int RefreshAfterDays = 14;

    /// <summary>From its issue, and again from its refresh.</summary>
    public const int LifetimeDays = 20;

    /// <summary>No pass is older.</summary>
    public const int LongestDays = CycleDays + 1;
}
