using CsCheck;
using WhoSaw.Detection.Spill;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Spill;

public sealed class SpillTests
{
    private const string Place = "target /pay/approve?rrn";

    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    private static IReadOnlyList<Finding> Spills(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "spill")];

    /// <summary>So many different numbers, of which every nth has a right checksum.</summary>
    private static World Seen(SightingKind kind, int numbers, int nth, World? world = null, string place = Place)
    {
        world ??= Some.World();
        for (var i = 0; i < numbers; i++)
            world.Sight(At(i), place, kind, (ulong)(i + 1) * 0x9E3779B97F4A7C15UL, checks: i % nth == 0);
        return world;
    }

    [Fact]
    public void Numbers_that_all_have_the_checksum_are_what_they_look_like()
    {
        var finding = Assert.Single(Spills(Seen(SightingKind.ResidentNumber, 30, 1)));
        Assert.Equal((FindingKind.Spill, Severity.High), (finding.Kind, finding.Severity));
        Assert.Equal("gateway " + Place, finding.ActorValue);
        Assert.Contains("30 of 30 different numbers", finding.Why, StringComparison.Ordinal);
        // ten numbers would all be right by chance once in 25 million times
        Assert.Equal(At(9), finding.Raised);
    }

    [Theory]
    [InlineData(SightingKind.Card, 10)]
    [InlineData(SightingKind.Card, 8)]
    [InlineData(SightingKind.ResidentNumber, 11)]
    [InlineData(SightingKind.ResidentNumber, 6)]
    public void Order_numbers_of_which_some_happen_to_be_right_are_none(SightingKind kind, int nth) =>
        Assert.Empty(Spills(Seen(kind, 5000, nth)));

    [Fact]
    public void Two_right_numbers_are_worth_a_word_and_no_alarm() =>
        Assert.Equal(Severity.Low, Assert.Single(Spills(Seen(SightingKind.Card, 2, 1))).Severity);

    [Fact]
    public void One_number_on_many_lines_is_one()
    {
        var world = Some.World();
        for (var i = 0; i < 500; i++)
            world.Sight(At(i), Place, SightingKind.Card, 7, checks: true);
        Assert.Empty(Spills(world));
    }

    [Fact]
    public void The_late_born_count_where_others_of_the_place_are_certain()
    {
        var world = Seen(SightingKind.ResidentNumber, 30, 1);
        for (var i = 0; i < 5; i++)
            world.Sight(At(100 + i), Place, SightingKind.LateResidentNumber, (ulong)i + 1, checks: false);
        Assert.Equal(2, Assert.Single(Spills(world)).Evidence.Count);
        var alone = Some.World();
        for (var i = 0; i < 50; i++)
            alone.Sight(At(i), Place, SightingKind.LateResidentNumber, (ulong)i + 1, checks: false);
        Assert.Empty(Spills(alone));
    }

    [Fact]
    public void Phones_and_addresses_are_low_and_one_finding_a_place()
    {
        var world = Seen(SightingKind.Phone, 3, 1);
        Seen(SightingKind.Email, 1, 1, world);
        Seen(SightingKind.Email, 1, 1, world, "referrer /q?mail");
        var spills = Spills(world);
        Assert.Equal(2, spills.Count);
        Assert.All(spills, finding => Assert.Equal(Severity.Low, finding.Severity));
        Assert.Contains("3 different phone numbers, 3 times; 1 different e-mail address, once", spills[1].Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_run_adds_to_what_an_earlier_one_saw()
    {
        var first = Seen(SightingKind.ResidentNumber, 5, 1);
        using var state = new MemoryStream();
        first.Detectors().Save(state);
        state.Position = 0;
        var second = Some.World();
        for (var i = 5; i < 12; i++)
            second.Sight(At(i), Place, SightingKind.ResidentNumber, (ulong)(i + 1) * 0x9E3779B97F4A7C15UL, true);
        var finding = Assert.Single(second.Detectors(state: state).Conclude(), finding => finding.Detector == "spill");
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Contains("12 of 12", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Chernoffs_bound_never_makes_chance_less_likely_than_it_is() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.05, 0.5]).SelectMany((n, p) =>
            Gen.Int[0, n].Select(k => (n, k, p))).Sample(each =>
        {
            var (n, k, p) = each;
            var tail = Enumerable.Range(k, n - k + 1)
                .Sum(i => Binomial(n, i) * Math.Pow(p, i) * Math.Pow(1 - p, n - i));
            Assert.True(Chance.Tail(n, k, p) <= -Math.Log10(tail) + 1e-6);
        });

    [Fact]
    public void Different_texts_are_counted_within_a_few_per_cent_and_in_any_order()
    {
        var (forward, backward) = (new DistinctTexts(), new DistinctTexts());
        const int different = 300_000;
        for (var i = 0; i < different; i++)
        {
            forward.Add(Hash(i));
            forward.Add(Hash(i));
            backward.Add(Hash(different - 1 - i));
        }
        Assert.Equal(forward.Count, backward.Count);
        Assert.InRange(forward.Count, different * 0.95, different * 1.05);
        Assert.False(forward.IsExact);
    }

    private static ulong Hash(int i)
    {
        var x = (ulong)i * 0x9E3779B97F4A7C15UL + 1;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ x >> 27) * 0x94D049BB133111EBUL;
        return x ^ x >> 31;
    }

    private static double Binomial(int n, int k)
    {
        var product = 1.0;
        for (var i = 1; i <= k; i++)
            product *= (double)(n - k + i) / i;
        return product;
    }
}
