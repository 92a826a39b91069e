using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Canaries;

public sealed class CanaryTests
{
    private static readonly Visit Visit = Some.Visit();
    private static readonly Visit Nobody = new(0, null, "203.0.113.9", Key: null);

    private static World Planted() => Some.World().WithDecoys(700, 701, 702);

    [Fact]
    public void A_session_that_reads_a_decoy_is_found_at_once()
    {
        var finding = Assert.Single(Planted().Read(Some.Noon, Visit, subject: 700).Findings());

        Assert.Equal(("canary", Severity.High), (finding.Detector, finding.Severity));
        Assert.Equal(Some.Noon, finding.Raised);
        var credential = Visit.Credential.ToString("x16", CultureInfo.InvariantCulture);
        Assert.Equal(("credential", credential), (finding.ActorKind, finding.ActorValue));
        Assert.Equal($"credential = '{credential}'", finding.Where);
        Assert.StartsWith("1 of 3 decoy accounts", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_employee_who_reads_a_decoy_is_named()
    {
        var finding = Assert.Single(Planted().ReadAsStaff(Some.Noon, "o'hara", 701).Findings());

        Assert.Equal(("principal", "o'hara"), (finding.ActorKind, finding.ActorValue));
        Assert.Equal("principal = 'o''hara'", finding.Where);
    }

    [Fact]
    public void Where_the_log_has_neither_session_nor_principal_the_address_answers()
    {
        var finding = Assert.Single(Planted()
            .Read(Some.Noon, Nobody with { Client = "203.0.113.10" }, subject: 701)
            .Read(Some.Noon, Nobody, subject: 700)
            .Findings());

        Assert.Equal("client in ('203.0.113.10', '203.0.113.9')", finding.Where);
        Assert.Equal("client", finding.ActorKind);
    }

    [Fact]
    public void All_kinds_of_readers_stand_in_one_finding()
    {
        var finding = Assert.Single(Planted().Read(Some.Noon, Visit, subject: 700).ReadAsStaff(Some.Noon, "e-17", 701)
            .Read(Some.Noon, Nobody, subject: 702).Findings());

        Assert.Contains(" or principal = 'e-17' or client = '203.0.113.9'", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decoy_that_was_not_shown_is_not_read() =>
        Assert.Empty(Planted().Read(Some.Noon, Visit, subject: 700, outcome: Outcome.Refused).Findings());

    [Fact]
    public void Without_decoys_it_is_silent() =>
        Assert.Empty(Some.World().Read(Some.Noon, Visit, subject: 700).Findings());

    [Fact]
    public void What_forged_passes_read_is_told_in_their_finding()
    {
        var finding = Assert.Single(WithForgedPass().Findings());

        Assert.Equal("unissued-credential", finding.Detector);
        Assert.Contains(new Evidence("decoy accounts read", "1 time", "0 times"), finding.Evidence);
    }

    [Fact]
    public void An_honest_session_among_forged_ones_answers_for_its_own_decoys()
    {
        var findings = WithForgedPass().Read(Some.Noon.Plus(EventTime.Day), Some.Visit(5), subject: 702).Findings();

        Assert.Equal(["unissued-credential", "canary"], findings.Select(finding => finding.Detector));
        Assert.StartsWith("1 of 3 decoy accounts", findings[1].Why, StringComparison.Ordinal);
    }

    private static World WithForgedPass()
    {
        var world = Planted().WithIssuer();
        for (var i = 1; i <= 300; i++)
            world.Honest(Some.Noon.Plus(i * EventTime.Minute), Some.Visit(i));
        return world.Read(Some.Noon.Plus(400 * EventTime.Minute), Some.Visit(9001) with { Account = 700 });
    }
}
