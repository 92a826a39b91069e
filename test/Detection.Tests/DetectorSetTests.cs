using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

public sealed class DetectorSetTests
{
    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    /// <summary>Some of everything: forged passes, a decoy, a key of somebody who left, employees.</summary>
    private static World Busy(int seed = 1)
    {
        var shop = new Shop(seed) { Losses = 0 }.Serve(1500);
        var world = shop.World.WithIssuer().WithDecoys(7777, 7778)
            .WithKeys(new KeyHolding("k-main", null, null, "e-17", Shop.Start.Plus(EventTime.Day)));
        shop.Rob(Shop.Start.Plus(2 * EventTime.Day), 50, "203.0.113.5", "203.0.113.6");
        var visit = new Visit(shop.NewCredential(), 12, Some.Client(12));
        world.Issue(At(600), visit).Login(At(600), visit).Read(At(601), visit, subject: 7777);
        for (var i = 0; i < 400; i++)
            world.ReadAsStaff(At(i), $"e-{i % 5}", i);
        return world;
    }

    private static IEnumerable<string> Texts(IEnumerable<Finding> findings) =>
        findings.Select(finding => finding.Text());

    [Fact]
    public void The_same_logs_give_the_same_findings_whatever_the_batches()
    {
        var once = Texts(Busy().Findings()).ToList();

        Assert.Equal(3, once.Count);
        Assert.Equal(once, Texts(Busy().Findings()));
        foreach (var size in new[] { 1, 7, 1000 })
            Assert.Equal(once, Texts(Busy().Findings(size)));
    }

    [Fact]
    public void Findings_are_numbered_theft_first_and_then_as_they_were_raised() =>
        Assert.Equal(
            ["F1 canary", "F2 unissued-credential", "F3 key-custody"],
            Busy().Findings().Select(finding => finding.Id + " " + finding.Detector));

    [Fact]
    public void Rows_that_pass_each_other_within_the_grace_change_no_finding()
    {
        var inOrder = Texts(Busy().Findings().Select(WithoutSamples)).ToList();

        for (var seed = 1; seed <= 5; seed++)
            Assert.Equal(
                inOrder, Texts(Busy().Shuffled(seed, 20 * EventTime.Second).Findings().Select(WithoutSamples)));
    }

    [Fact]
    public void Every_predicate_closes_what_it_opens()
    {
        var shop = new Shop(3).Serve(1500);
        for (var i = 0; i < 60; i++)
            shop.World.Read(
                At(i), new Visit(shop.NewCredential(), 5001 + i, Some.Client(50_000 + i), "it's ('odd') or \"so\""));
        shop.World.WithDecoys(7777).ReadAsStaff(At(1), "d'arc' or 'x", 7777);

        var findings = shop.World.Findings();

        Assert.Equal(["agent = 'it''s (''odd'') or \"so\"'", "principal = 'd''arc'' or ''x'"],
            findings.Select(finding => finding.Where).Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.Equal(0, finding.Where.Count(character => character == '\'') % 2));
    }

    [Fact]
    public void A_second_run_knows_the_sessions_and_the_issuer_records_of_the_first()
    {
        using var state = new MemoryStream();
        var (known, issued) = (Some.Visit(1), Some.Visit(2));
        Some.World().WithIssuer().Honest(At(0), known).Issue(At(1), issued).Detectors().Save(state);
        state.Position = 0;

        var traits = Some.World().WithIssuer().Read(At(1440), known).Login(At(1441), issued)
            .Read(At(1442), Some.Visit(3))
            .Traits(state);

        Assert.Equal(
            [Trait.None, Trait.SessionStart, Trait.SessionStart | Trait.FirstPage | Trait.Unissued], traits);
    }

    [Fact]
    public void A_second_run_knows_how_whole_the_issuers_log_was()
    {
        using var state = new MemoryStream();
        var first = Some.World().WithIssuer();
        for (var i = 1; i <= 300; i++)
            first.Honest(At(i), Some.Visit(i));
        first.Detectors().Save(state);
        state.Position = 0;

        var findings = Some.World().WithIssuer().Read(At(1440), Some.Visit(9001)).Detectors(state: state).Conclude();

        Assert.Equal("unissued-credential", Assert.Single(findings).Detector);
    }

    [Fact]
    public void The_state_of_another_version_is_refused_and_nothing_is_taken_up()
    {
        using var state = new MemoryStream();
        Some.World().WithIssuer().Honest(At(0), Some.Visit(1)).Detectors().Save(state);
        state.Position = 0;
        state.WriteByte(0xFF);
        state.Position = 0;
        var world = Some.World().WithIssuer();

        var detectors = world.Detectors();

        Assert.False(detectors.Restore(state));
    }

    [Fact]
    public void Every_detector_is_named_once() =>
        Assert.Equal(
            ["absent-accounts", "borrowed-credential", "breadth", "canary", "dormant-accounts", "expired-credential",
                "fuller-answers", "guessed-passwords", "key-custody", "other-tenant", "outflow", "peer", "shift",
                "spill", "suspicion", "unissued-credential", "walk"],
            Some.World().Detectors().Names.Order(StringComparer.Ordinal));

    private static Finding WithoutSamples(Finding finding) => finding with { Samples = [] };
}
