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

    [Fact]
    public void A_key_that_the_register_does_not_know_is_told_of()
    {
        var world = Seoul(Held("e-17"));
        for (var i = 1; i <= 30; i++)
            world.Browse(Some.Noon.Plus(i), Some.Visit(i) with { Key = i == 9 ? "k-남" : "k-2024" });

        var finding = Assert.Single(world.Findings());

        Assert.Equal((FindingKind.Custody, Severity.Medium), (finding.Kind, finding.Severity));
        Assert.Equal(("k-남", Some.Noon.Plus(9)), (finding.ActorValue, finding.Raised));
    }

    [Fact]
    public void A_register_that_lacks_the_key_of_most_sessions_is_what_is_wrong() =>
        Assert.Equal(Severity.Low, Assert.Single(
            Seoul(Held("e-17")).Read(Some.Noon, Visit with { Key = "k-2025" }).Findings()).Severity);

    [Fact]
    public void A_key_in_use_days_before_it_was_made_is_told_of()
    {
        var made = Some.Noon.Plus(3 * EventTime.Day);
        var key = new KeyHolding("k-2024", made, null, "e-1", null);

        Assert.Contains("before it was made", Assert.Single(
            Seoul(key).Read(Some.Noon, Visit).Findings()).Title, StringComparison.Ordinal);
        Assert.Empty(Seoul(key).Read(made.Plus(-EventTime.Hour), Visit).Findings());
    }

    /// <summary>Twenty days; the backup key signs one session in sixty, and more on the last days.</summary>
    private static World Daily(int lastDays, int oneIn, EventTime? made = null)
    {
        var world = Some.Lenient().WithKeys(
            new KeyHolding("k-main", null, null, "e-1", null), new KeyHolding("k-backup", made, null, "e-1", null));
        for (var i = 0; i < 20 * 240; i++)
        {
            var day = i / 240;
            var isBackup = i % (day >= 20 - lastDays ? oneIn : 60) == 0;
            world.Browse(
                Some.Noon.Plus(i * 6 * EventTime.Minute),
                Some.Visit(i + 1) with { Key = isBackup ? "k-backup" : "k-main" });
        }
        return world;
    }

    private static readonly EventTime LongAgo = Some.Noon.Plus(-200 * EventTime.Day);

    [Fact]
    public void A_backup_key_that_comes_into_daily_use_is_told_of()
    {
        var finding = Assert.Single(Daily(3, 5, LongAgo).Findings());

        Assert.Equal((FindingKind.Custody, Severity.Low), (finding.Kind, finding.Severity));
        Assert.Equal("k-backup", finding.ActorValue);
        Some.Within(finding.Raised, Some.Noon.Plus(17 * EventTime.Day), Some.Noon.Plus(19 * EventTime.Day));
    }

    [Fact]
    public void One_that_is_used_as_ever_is_not() => Assert.Empty(Daily(0, 60, LongAgo).Findings());

    [Fact]
    public void A_new_key_that_is_being_introduced_is_not() =>
        Assert.Empty(Daily(3, 5, Some.Noon.Plus(10 * EventTime.Day).Plus(-20 * EventTime.Day)).Findings());
}
