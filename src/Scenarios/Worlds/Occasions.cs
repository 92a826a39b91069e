using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>What happens to everybody at once: sales, push notifications, failures, releases.</summary>
internal sealed class Occasions(ScenarioOptions options)
{
    private readonly bool _sale = options.Scenario == ScenarioCatalog.Sale;
    private readonly bool _outage = options.Scenario == ScenarioCatalog.Outage;
    private readonly bool _release = options.Scenario == ScenarioCatalog.ReleaseDay;

    /// <summary>
    /// The day on which the noise scenarios have their event; the app's next version starts then as well.
    /// </summary>
    public int EventDay { get; } = options.Days / 2;

    /// <summary>Traffic of a slice against an ordinary one.</summary>
    public int Percent(int day, int slice)
    {
        var percent = 100;
        var dice = new Dice(options.Seed, Draw.Noise, day);
        // a push notification most evenings, a flash sale on some days
        var push = dice.Between(9 * 6, 21 * 6);
        if (dice.Chance(3, 5) && slice - push is 0 or 1)
            percent = slice == push ? 190 : 140;
        if (dice.Chance(1, 6) && slice - 12 * 6 is 0 or 1)
            percent = slice == 12 * 6 ? 320 : 180;
        if (_sale && day >= EventDay && day <= EventDay + 1)
            percent *= slice is 60 or 61 or 120 or 121 ? 8 : slice is > 59 and < 132 ? 3 : 1;
        if (_outage && day == EventDay && slice is >= 89 and < 96)
            percent *= 2;
        if (_release && day == EventDay)
            percent = percent * 3 / 2;
        return percent;
    }

    /// <summary>Most requests fail: 14:00 to 14:50 of the event's day.</summary>
    public bool IsDown(long at) => _outage
        && at - EventDay * Clock.Day - 14 * Clock.Hour is >= 0 and < 50 * Clock.Minute;

    /// <summary>The issuer loses some of its records while it fails over.</summary>
    public bool IssuerLoses(long at) => IsDown(at - 20 * Clock.Minute);

    /// <summary>The new app of this day asks for the profile before anything else.</summary>
    public bool OpensWithProfile(int day) => _release && day >= EventDay;

    /// <summary>Of 100 apps, how many have the new version on a day.</summary>
    public int Rollout(int day) => (day - EventDay) switch
    {
        < 0 => 0,
        0 => _release ? 40 : 5,
        1 => _release ? 70 : 20,
        2 => _release ? 85 : 50,
        3 => 80,
        _ => 95,
    };
}
