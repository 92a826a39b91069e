namespace WhoSaw.Detection.Tests.Staff;

/// <summary>
/// How much an insider must read to be found: a hundred teams each, twelve people for thirty days; from the twentieth
/// on, for five days, one of them reads so many times what he would have read.
/// </summary>
public sealed class SurplusLimitTests
{
    private const int Teams = 100;

    [Theory]
    [InlineData(0.15, 0, 0, 95)]
    [InlineData(0.25, 0, 0, 40)]
    [InlineData(0.25, 0.2, 1, 5)]
    [InlineData(0.4, 0, 0, 0)]
    public void Four_times_is_found_where_the_days_are_even(double spread, double levels, int most, int least)
    {
        var found = new List<(double Times, int Found, int Soon)>();
        foreach (var times in (double[])[2, 3, 4, 5, 6, 8])
        {
            var days = Enumerable.Range(0, Teams).Select(seed => DaysToFind(seed, spread, levels, times)).ToList();
            found.Add((times, days.Count(day => day > 0), days.Count(day => day is 1 or 2)));
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"spread {spread}, levels {levels}: " + string.Join(
                ", ", found.Select(x => $"{x.Times} times {x.Found} ({x.Soon} within two days)")));

        Assert.True(found[0].Found <= most);
        Assert.True(found[2].Found >= least);
        Assert.True(found[^1].Found >= found[1].Found);
    }

    private static int DaysToFind(int seed, double spread, double levels, double times)
    {
        var office = new Office(seed, people: 12, days: 30, spread, levels);
        var found = SurplusTests.Found(office.Times(seed % 12, times, 20, 5));
        Assert.True(found.Count <= 1);
        return found.Count == 0 ? 0 : found[0].Told - 20_020 + 1;
    }
}
