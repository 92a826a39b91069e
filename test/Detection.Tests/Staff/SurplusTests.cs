using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Staff;

public sealed class SurplusTests
{
    private static RoleDays RoleOf(Office office)
    {
        var role = new RoleDays();
        for (var who = 0; who < office.People; who++)
            for (var day = 0; day < office.Days; day++)
                if (office.Counts[who, day] > 0)
                    role.Set(new Symbol(who + 1), 20_000 + day, office.Counts[who, day]);
        return role;
    }

    internal static List<SurplusDays> Found(params Office[] offices)
    {
        var roles = offices.Select(RoleOf).Index().ToDictionary(role => (short)role.Index, role => role.Item);
        return [.. roles.Keys.SelectMany(operation =>
            new Surplus(roles, operation, new SurplusOptions(), floor: 60, leastSpread: 0.12).Found())];
    }

    private static Office Twelve() => new(seed: 1, people: 12, days: 20, spread: 0.15);

    [Fact]
    public void Four_times_his_usual_number_is_found_on_the_second_day()
    {
        var office = Twelve().Times(3, 4.5, 11, 5);

        var found = Assert.Single(Found(office));

        Assert.Equal(new Symbol(4), found.Principal);
        Assert.Equal(1, found.Limits.Keys.ToList().IndexOf(found.Told));
        Assert.Equal(Enumerable.Range(0, 20).Where(day => day is >= 11 and < 16 && office.Counts[3, day] > 0),
            found.Limits.Keys.Select(day => day - 20_000));
    }

    [Fact]
    public void One_day_is_not_enough() => Assert.Empty(Found(Twelve().Times(3, 8, 11, 1)));

    [Fact]
    public void Twice_as_many_is_other_work() => Assert.Empty(Found(Twelve().Times(3, 2, 11, 9)));

    [Fact]
    public void Few_colleagues_say_nothing()
    {
        Assert.Empty(Found(new Office(1, 3, 20).Times(1, 8, 11, 5)));
        Assert.Empty(Found(new Office(1, 4, 20).Times(1, 8, 11, 5)));
    }

    [Fact]
    public void Who_reads_that_many_from_his_first_day_on_has_that_duty() =>
        Assert.Empty(Found(Twelve().Times(3, 0, 0, 11).Times(3, 6, 11, 9)));

    [Fact]
    public void Where_others_have_had_such_days_as_well_they_are_no_evidence()
    {
        var office = Twelve().Times(3, 4.5, 13, 4);
        foreach (var who in (int[])[5, 6, 7, 8])
            office.Times(who, 4.5, 3 + who % 3, 2);

        Assert.Empty(Found(office));
    }

    /// <summary>The rows of the office with the insider who reads four and a half times his usual number.</summary>
    private static World Desk(double times)
    {
        var world = Some.Lenient();
        // Uneven enough that eight deviations are more than that.
        var office = new Office(seed: 1, people: 12, days: 20, spread: 0.22).Times(3, times, 11, 5);
        for (var day = 0; day < office.Days; day++)
            for (var who = 0; who < office.People; who++)
                for (var i = 0; i < office.Counts[who, day]; i++)
                    world.ReadAsStaff(
                        Some.Time("2025-04-14T09:00:00Z").Plus(day * EventTime.Day + i * EventTime.Minute), $"e-{who}",
                        1000 * who + i);
        return world;
    }

    [Fact]
    public void The_finding_tells_his_days_and_the_moment_at_which_they_were_enough()
    {
        var finding = Assert.Single(Desk(4.5).Findings());

        Assert.Equal(("peer", Severity.Medium, "e-3"), (finding.Detector, finding.Severity, finding.ActorValue));
        Assert.StartsWith(
            "principal = 'e-3' and operation = 'staff-search' and (time between '2025-04-25T09:00:00Z' and '",
            finding.Where, StringComparison.Ordinal);
        Assert.Equal(5, finding.Where.Split("time between").Length - 1);
        Some.Within(
            finding.Raised, Some.Time("2025-04-26T12:00:00Z"), Some.Time("2025-04-28T17:00:00Z"));
    }

    [Fact]
    public void A_run_that_is_stopped_and_goes_on_finds_the_same()
    {
        var world = Desk(4.5);
        var whole = Assert.Single(world.Findings()).Text();

        foreach (var cut in (int[])[3000, 11_500, 14_000])
            Assert.Equal(whole, Assert.Single(world.FindingsAfterRestarts(cut, cut + 800)).Text());
    }

    [Fact]
    public void What_is_found_on_a_day_is_not_taken_back_later()
    {
        var until = Found(new Office(seed: 1, people: 12, days: 20, spread: 0.15).Times(3, 4.5, 11, 5)
            .Each(_ => true, 0, 13, 7));
        var later = Found(Twelve().Times(3, 4.5, 11, 5).Each(who => who != 3, 6, 16, 4));

        Assert.Equal(Assert.Single(until).Told, Assert.Single(later).Told);
        Assert.Subset(Assert.Single(later).Limits.Keys.ToHashSet(), Assert.Single(until).Limits.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("a sale")]
    [InlineData("a part of the team is busy")]
    [InlineData("a new employee")]
    [InlineData("back from holiday")]
    [InlineData("from part time to full")]
    [InlineData("twice the work")]
    [InlineData("most are ill")]
    [InlineData("Mondays")]
    [InlineData("a deputy")]
    [InlineData("one by one to a new tool")]
    [InlineData("a task of a day")]
    [InlineData("nothing")]
    public void Honest_families_raise_nothing(string family)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var offices = Honest(family, seed);
            Assert.True(Found(offices).Count == 0, $"{family}, seed {seed}");
        }
    }

    private static Office[] Honest(string family, int seed)
    {
        var office = new Office(
            seed, people: new[] { 6, 8, 12, 25 }[seed % 4], days: 40,
            spread: 0.2 + 0.1 * (seed % 3), levels: 0.3 * (seed / 4 % 3), hasRota: seed % 2 == 0);
        var (who, day) = (office.Between(0, office.People), office.Between(4, 30));
        return family switch
        {
            "a sale" => [office.Each(_ => true, 2 + seed % 4, day, 3)],
            "a part of the team is busy" => [office.Each(i => i % 3 == 0, 2 + seed % 3, day, 3)],
            "a new employee" => [office.Times(who, 0, 0, day).Times(who, 0.3, day, 4)],
            "back from holiday" => [office.Times(who, 0, day - 4, 4).Times(who, 1.6, day, 3)],
            "from part time to full" => [office.Times(who, 0.3, 0, day)],
            "twice the work" => [office.Times(who, 2, day, 40)],
            "most are ill" => [Ill(office, day)],
            "Mondays" => [Mondays(office)],
            "a deputy" => [Deputy(office, who, day)],
            "one by one to a new tool" => Moving(office),
            "a task of a day" => [office.Times(who, 6, day, 1)],
            _ => [office],
        };
    }

    private static Office Mondays(Office office)
    {
        for (var day = 0; day < office.Days; day += 7)
            office.Each(_ => true, 1.8, day, 1);
        return office;
    }

    /// <summary>Two of three are ill for four days, and those who are left do the work of all.</summary>
    private static Office Ill(Office office, int from)
    {
        for (var day = from; day < from + 4; day++)
        {
            var at = Enumerable.Range(0, office.People).Where(who => office.Counts[who, day] > 0).ToList();
            var all = at.Sum(who => office.Counts[who, day]);
            var left = at.Take(Math.Max(1, at.Count / 3)).ToList();
            var times = (double)all / left.Sum(who => office.Counts[who, day]);
            office.Each(who => !left.Contains(who), 0, day, 1).Each(left.Contains, times, day, 1);
        }
        return office;
    }

    /// <summary>One reads five times as many as the others, and another stands in for him.</summary>
    private static Office Deputy(Office office, int who, int from)
    {
        var other = (who + 1) % office.People;
        office.Times(other, 5, 0, office.Days);
        for (var day = from; day < Math.Min(office.Days, from + 7); day++)
            (office.Counts[who, day], office.Counts[other, day]) =
                (office.Counts[who, day] + office.Counts[other, day], 0);
        return office;
    }

    /// <summary>From one operation to another, an employee every third day.</summary>
    private static Office[] Moving(Office old)
    {
        var next = new Office(1, old.People, old.Days);
        for (var who = 0; who < old.People; who++)
            for (var day = 0; day < old.Days; day++)
            {
                var people = old.Counts[who, day];
                (old.Counts[who, day], next.Counts[who, day]) =
                    day < 4 + 3 * who ? (people, people / 15) : (0, people);
            }
        return [old, next];
    }
}
