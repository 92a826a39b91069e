using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Keys;

public sealed class KeyCustodyTests
{
    // As the register is read in Seoul: the last day was 31 March, to its end.
    private static readonly EventTime EndOfMarch = Some.Time("2025-04-01T00:00:00+09:00");
    private static readonly Visit Visit = Some.Visit() with { Key = "k-2024" };

    private static World Seoul(params KeyHolding[] keys) => Some.World().In("Asia/Seoul").WithKeys(keys);

    private static KeyHolding Held(string holder, EventTime? left = null, EventTime? retired = null) =>
        new("k-2024", null, retired, holder, left);

    [Fact]
    public void A_key_in_use_after_its_holder_left_is_found()
    {
        var finding = Assert.Single(
            Seoul(Held("e-17", EndOfMarch)).Read(Some.Noon, Visit)
                .Read(Some.Noon.Plus(EventTime.Hour), Visit).Findings());

        Assert.Equal(("key-custody", FindingKind.Custody), (finding.Detector, finding.Kind));
        Assert.Equal(("key", "k-2024"), (finding.ActorKind, finding.ActorValue));
        Assert.Equal("key = 'k-2024'", finding.Where);
        Assert.Equal((Some.Noon, Some.Noon), (finding.Raised, finding.First));
        Assert.Equal(Some.Noon.Plus(EventTime.Hour), finding.Last);
        Assert.Contains("e-17, who held it, left on 31 March 2025", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_last_day_itself_the_holder_has_not_left()
    {
        var world = Seoul(Held("e-17", EndOfMarch)).Read(EndOfMarch.Plus(-1), Visit);
        Assert.Empty(world.Findings());

        Assert.Equal(EndOfMarch, Assert.Single(world.Read(EndOfMarch, Visit).Findings()).First);
    }

    [Fact]
    public void A_retired_key_is_out_of_service_from_the_start_of_its_day()
    {
        var retired = Some.Time("2025-04-01T00:00:00+09:00");
        var world = Seoul(Held("e-17", retired: retired)).Read(retired.Plus(-1), Visit).Read(retired, Visit);

        var finding = Assert.Single(world.Findings());

        Assert.Equal(retired, finding.First);
        Assert.Contains("it was retired on 1 April 2025", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_holders_the_one_who_left_first_counts()
    {
        var earlier = Some.Time("2025-03-01T00:00:00+09:00");
        var world = Seoul(Held("e-1"), Held("e-2", EndOfMarch), Held("e-3", earlier)).Read(Some.Noon, Visit);

        Assert.Contains(
            "e-3, who held it, left on 28 February 2025", Assert.Single(world.Findings()).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_whose_holders_are_all_with_the_company_is_in_order() =>
        Assert.Empty(Seoul(Held("e-1"), Held("e-2", Some.Noon.Plus(EventTime.Day))).Read(Some.Noon, Visit).Findings());

    [Fact]
    public void It_is_raised_once_a_key()
    {
        var world = Seoul(Held("e-17", EndOfMarch), new KeyHolding("k-old", null, EndOfMarch, "e-1", null));
        for (var i = 0; i < 1000; i++)
            world.Read(
                Some.Noon.Plus(i * EventTime.Minute), Some.Visit(i + 1) with { Key = i % 2 == 0 ? "k-2024" : "k-old" });

        Assert.Equal(["k-2024", "k-old"], world.Findings().Select(finding => finding.ActorValue));
    }

    [Fact]
    public void A_request_that_was_refused_does_not_show_that_the_key_is_accepted() =>
        Assert.Empty(Seoul(Held("e-17", EndOfMarch)).Read(Some.Noon, Visit, outcome: Outcome.Refused).Findings());

    [Fact]
    public void A_record_of_the_issuer_is_no_use() =>
        Assert.Empty(Seoul(Held("e-17", EndOfMarch)).Issue(Some.Noon, Visit).Findings());
}
