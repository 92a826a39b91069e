using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Absence;

public sealed class AbsentAccountsTests
{
    private const string Guesser = "203.0.113.9";

    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    private static World Shop()
    {
        var world = Some.Lenient();
        for (var i = 1; i <= 2000; i++)
            world.Login(At(i), Some.Visit(i)).Read(At(i), Some.Visit(i))
                .Read(At(i), Some.Visit(i), operation: "addresses");
        return world;
    }

    private static World Guessed(World world, int absent, int found, string client = Guesser)
    {
        for (var i = 0; i < absent + found; i++)
            world.Read(
                At(100 + i), Some.Visit(77) with { Client = client }, subject: 1_000_000 + 7919L * i % 100_003,
                outcome: i % (absent + found) < absent ? Outcome.Absent : Outcome.Disclosed);
        return world;
    }

    private static IReadOnlyList<Finding> Absent(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "absent-accounts")];

    [Fact]
    public void Who_guesses_ids_is_found()
    {
        var finding = Assert.Single(Absent(Guessed(Shop(), absent: 57, found: 43)));

        Assert.Equal((Severity.Medium, "T1087"), (finding.Severity, finding.Technique));
        Assert.Equal(("client", Guesser), (finding.ActorKind, finding.ActorValue));
        Some.Within(finding.Raised, At(100), At(110));
        Assert.Contains("57 of 100 requests", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nineteen_guesses_are_too_few() => Assert.Empty(Absent(Guessed(Shop(), absent: 19, found: 5)));

    [Fact]
    public void A_stale_link_asked_for_again_and_again_is_one_account()
    {
        var world = Shop();
        for (var i = 0; i < 500; i++)
            world.Read(At(i), Some.Visit(77), subject: 424_242, outcome: Outcome.Absent);

        Assert.Empty(Absent(world));
    }

    [Fact]
    public void A_few_of_many_requests_are_stale_links() =>
        Assert.Empty(Absent(Guessed(Shop(), absent: 30, found: 970)));

    [Fact]
    public void Guesses_behind_one_network_are_found_by_the_network()
    {
        var world = Shop();
        for (var i = 0; i < 120; i++)
            world.Read(
                At(i), Some.Visit(77) with { Client = $"203.0.113.{i}" }, subject: 1_000_000 + 31L * i,
                outcome: i % 2 == 0 ? Outcome.Absent : Outcome.Disclosed);

        Assert.Equal("network", Assert.Single(Absent(world)).ActorKind);
    }

    [Fact]
    public void Order_of_arrival_and_the_zone_change_nothing()
    {
        var texts = Absent(Guessed(Shop(), 57, 43)).Select(finding => finding.Text()).ToList();

        Assert.Equal(texts, Absent(Guessed(Shop(), 57, 43).In("Asia/Seoul")).Select(finding => finding.Text()));
        Assert.Single(Absent(Guessed(Shop(), 57, 43).Shuffled(2, 20 * EventTime.Second)));
    }

    [Fact]
    public void Names_of_several_bytes_are_written_as_they_are()
    {
        var world = Guessed(Shop(), 57, 43, client: "주소-九");

        Assert.Contains("client = '주소-九'", Assert.Single(Absent(world)).Where, StringComparison.Ordinal);
    }
}
