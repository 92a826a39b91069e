using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Issuance;

public sealed class OrphanTests
{
    private static EventTime Minute(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    /// <summary>One of a hundred issuer records is lost.</summary>
    internal static World Lossy()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 1000; i++)
        {
            if (i % 100 != 0)
                world.Issue(Minute(i), Some.Visit(i));
            world.Login(Minute(i), Some.Visit(i)).Read(Minute(i + 1), Some.Visit(i));
        }
        return world;
    }

    internal static World Forged(World world, int sessions, string key = "k-stolen")
    {
        for (var i = 0; i < sessions; i++)
            world.Read(
                Minute(400 + i),
                Some.Visit(9000 + 977 * i % 5003) with { Key = key, Client = Some.Client(30_000 + i % 4) });
        return world;
    }

    [Fact]
    public void Under_losses_ordinary_orphans_do_not_alarm() => Assert.Empty(Lossy().Findings());

    [Fact]
    public void Under_losses_the_thief_does_within_ten()
    {
        var finding = Assert.Single(Forged(Lossy(), 12).Findings());

        Assert.Equal(("unissued-credential", Severity.High), (finding.Detector, finding.Severity));
        Assert.Equal("key = 'k-stolen' and unissued", finding.Where);
        Some.Within(finding.Raised, Minute(400), Minute(409));
        Assert.Contains("12 of 12 sessions have no issuer record", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_issuers_log_it_is_derived_from_log_ins_and_says_so()
    {
        var world = Some.Lenient();
        for (var i = 1; i <= 1000; i++)
            world.Login(Minute(i), Some.Visit(i)).Read(Minute(i + 1), Some.Visit(i));

        var finding = Assert.Single(Forged(world, 40).Findings());

        Assert.Equal(("unissued-credential", Severity.Low), (finding.Detector, finding.Severity));
        Assert.Contains("which is weaker", finding.Why, StringComparison.Ordinal);
        Assert.StartsWith("key = 'k-stolen'", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_silence_of_the_issuer_nobody_can_tell()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 600; i++)
        {
            // For an hour the issuer's log is silent while people log in.
            if (i is < 300 or > 360)
                world.Issue(Minute(i), Some.Visit(i));
            world.Login(Minute(i), Some.Visit(i)).Read(Minute(i).Plus(EventTime.Second), Some.Visit(i));
        }
        world.Read(Minute(330), Some.Visit(9000));
        Assert.DoesNotContain(world.Findings(), finding => finding.Kind == FindingKind.Access);

        world.Read(Minute(500), Some.Visit(9001));

        var findings = world.Findings();
        Assert.Equal(Minute(501), findings[0].Raised);
        Assert.Equal("unissued", findings[0].Where);
        var gap = Assert.Single(findings, finding => finding.Kind == FindingKind.Coverage);
        Some.Within(gap.First, Minute(290), Minute(300));
        Some.Within(gap.Last, Minute(360), Minute(370));
    }

    /// <summary>
    /// A day of a shop in which one session of 41 goes on in the app before its record's time, and an hour in which
    /// the issuer's log is silent.
    /// </summary>
    private static World Tardy(bool arePassesUsedEarly = true)
    {
        // No session is older than the issuer's log.
        var world = Some.Lenient().WithIssuer().Issue(Minute(0).Plus(-40 * EventTime.Day), Some.Visit(9999));
        for (var i = 1; i <= 1400; i++)
        {
            var isEarly = i % 41 == 0 && arePassesUsedEarly;
            var issued = isEarly ? i + 600 : i;
            if (issued is < 1200 or > 1260)
                world.Issue(Minute(issued), Some.Visit(i));
            if (isEarly)
                world.Browse(Minute(i), Some.Visit(i));
            else
                world.Login(Minute(i), Some.Visit(i)).Read(Minute(i).Plus(EventTime.Second), Some.Visit(i));
        }
        return world;
    }

    [Fact]
    public void Records_that_come_late_may_be_lost_in_a_silence_and_that_is_no_theft()
    {
        var findings = Tardy().Findings();

        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.Access);
        var gap = Assert.Single(findings, finding => finding.Kind == FindingKind.Coverage);
        Assert.Contains("2 sessions of the day before such a silence", gap.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void More_passes_without_a_record_before_a_silence_than_late_records_explain_are_forged()
    {
        var finding = Forged(Tardy(), 60).Findings()[0];

        Assert.Equal(("unissued-credential", Severity.Critical), (finding.Detector, finding.Severity));
        Assert.Equal(Minute(401), finding.Raised);
    }

    [Fact]
    public void Where_no_record_comes_late_a_single_forged_pass_before_a_silence_is_a_fact()
    {
        var finding = Forged(Tardy(arePassesUsedEarly: false), 1).Findings()[0];

        Assert.Equal(("unissued-credential", Minute(401)), (finding.Detector, finding.Raised));
    }

    [Theory]
    [InlineData(10, 3, 0.1, 0.0701908264)]
    [InlineData(100, 20, 0.01, 2.4944165604e-20)]
    [InlineData(5, 5, 0.5, 0.03125)]
    public void The_binomial_tail_is_exact(long trials, long hits, double rate, double expected) =>
        Assert.Equal(1, Math.Exp(Chance.BinomialTail(trials, hits, rate)) / expected, tolerance: 1e-6);

    [Fact]
    public void The_poisson_head_and_the_factorial_are_exact()
    {
        Assert.Equal(Math.Exp(-10) * 61, Math.Exp(Chance.PoissonHead(10, 2)), precision: 12);
        Assert.Equal(Math.Log(40) + Chance.LogFactorial(39), Chance.LogFactorial(40), precision: 10);
        Assert.Equal(Math.Log(32) + Chance.LogFactorial(31), Chance.LogFactorial(32), precision: 10);
    }
}
