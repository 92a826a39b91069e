using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// Runs the product over a replay, as <c>scan</c> and <c>scope</c> would, and holds what it says against the truth.
/// </summary>
/// <param name="detectors">Only these look; null: all.</param>
internal sealed class ReplayJudge(TimeProvider clock, int threads, IReadOnlySet<string>? detectors = null)
{
    private const int MostPoints = 400;

    // the passes of a replay are nobody's secret
    private static readonly Fingerprint Known = new("whosaw-score-key"u8);

    /// <summary>A replay's score, or sentences that say why there is none.</summary>
    public (ReplayScore? Score, IReadOnlyList<string> Faults) Judge(string folder)
    {
        var (configuration, problems) = ConfigurationFile.Load(Path.Combine(folder, "whosaw.yaml"));
        if (configuration is null || problems.Count > 0)
            return (null, [.. problems.Select(problem => problem.ToString())]);
        var truth = ReplayTruth.Read(folder);
        var plan = ScanPlan.Of(configuration) with { Detectors = detectors };
        var ledger = Directory.CreateTempSubdirectory("whosaw-score-").FullName;
        try
        {
            var run = new ScanRun(plan, new ScanRequest { Threads = threads }, Known, clock);
            return run.Run(ledger) is { } outcome
                ? (Judge(folder, truth, plan, outcome), [])
                : (null, [.. run.DirectoryFaults.Select(fault => fault.ToString())]);
        }
        finally
        {
            Directory.Delete(ledger, recursive: true);
        }
    }

    /// <summary>By kind of theft, the most evidence that any actor of a replay came to.</summary>
    public (IReadOnlyList<(string Theft, double Evidence)> Largest, IReadOnlyList<string> Faults) LargestEvidence(
        string folder)
    {
        var (configuration, problems) = ConfigurationFile.Load(Path.Combine(folder, "whosaw.yaml"));
        if (configuration is null || problems.Count > 0)
            return ([], [.. problems.Select(problem => problem.ToString())]);
        var ledger = Directory.CreateTempSubdirectory("whosaw-score-").FullName;
        try
        {
            var request = new ScanRequest { Threads = threads, MeasuresEvidence = true };
            var run = new ScanRun(ScanPlan.Of(configuration), request, Known, clock);
            return run.Run(ledger) is { } outcome
                ? (outcome.LargestEvidence, [])
                : ([], [.. run.DirectoryFaults.Select(fault => fault.ToString())]);
        }
        finally
        {
            Directory.Delete(ledger, recursive: true);
        }
    }

    private ReplayScore Judge(string folder, ReplayTruth truth, ScanPlan plan, ScanOutcome outcome)
    {
        using var engine = ScopeEngine.Open(outcome.Ledger, new ScopeEngineOptions { Threads = threads });
        var findings = outcome.Findings
            .Where(f => f.Kind == FindingKind.Access && f.Severity >= Severity.Medium && f.Where.Length > 0).ToList();
        var judged = findings.Select(finding => (Finding: finding, Verdict: VerdictOn(finding, truth, engine)))
            .ToList();
        var right = judged.Where(j => j.Verdict == true).Select(j => j.Finding).OrderBy(f => f.Raised).ToList();
        var wrong = judged.Where(j => j.Verdict == false).Select(j => j.Finding).ToList();
        var said = Said(findings, engine);
        var tallies = outcome.Files.Where(
            f => f.File.Source.Kind == Intake.Sources.SourceKind.Access && f.Tally.First is not null)
            .Select(f => f.Tally).ToList();
        var score = new ReplayScore
        {
            Folder = folder,
            Scenario = truth.Scenario,
            IsCrime = truth.IsCrime,
            IsLogged = truth.IsLogged,
            IsBounded = IsBounded(right, truth, engine),
            Lines = outcome.Files.Sum(file => file.Tally.Lines),
            Seconds = outcome.Seconds,
            Days = tallies.Count == 0 ? 0 : (double)(
                tallies.Max(t => t.Last)!.Value - tallies.Min(t => t.First)!.Value) / EventTime.Day,
            TrueFindings = right.Count,
            FalseFindings = wrong.Count,
            FoundBy = [.. right.Select(f => f.Detector).Distinct()],
            FalseBy = [.. wrong.Select(f => f.Detector).Distinct()],
            PrecisionFloor = truth.PrecisionFloor,
        };
        score = WithGaps(score, truth, outcome);
        return truth.IsCrime ? WithScope(score, truth, plan, said, right) : score;
    }

    /// <summary>
    /// True: what it points to belongs to the crime; false: it does not; null: it points to decoys alone.
    /// </summary>
    private static bool? VerdictOn(Finding finding, ReplayTruth truth, ScopeEngine engine)
    {
        using var scope = engine.Compute(new ScopeRequest { Where = [Predicate.Parse(finding.Where).OrThrow()] });
        long got = 0, both = 0;
        foreach (var exposure in scope.Exposures())
        {
            got++;
            both += truth.Exposed.ContainsKey((exposure.Account, exposure.Operation)) ? 1 : 0;
        }
        // who reads decoys alone is no member of anything: in a world without a crime nobody does
        if (got == 0 && finding.Detector == "canary")
            return truth.IsCrime;
        // where no log names the people, whoever did it must be right
        if (got == 0 && !truth.IsLogged && !scope.Unnamed.IsNone)
            return truth.Indicators.Contains(finding.ActorValue);
        if (got == 0 && truth.IsCrime)
            return null;
        return got > 0 && both >= Math.Min(0.5, 0.9 * truth.PrecisionFloor) * got;
    }

    /// <summary>Where no log names the people: whether the scope says so, and bounds no fewer than there are.</summary>
    private static bool IsBounded(List<Finding> right, ReplayTruth truth, ScopeEngine engine)
    {
        if (right.Count == 0 || truth.IsLogged)
            return truth.IsLogged;
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = [.. right.Select(finding => Predicate.Parse(finding.Where).OrThrow())],
        });
        return !scope.Unnamed.IsNone && scope.CannotTell.Why.Contains(scope.Unnamed.Sentence!, StringComparison.Ordinal)
            && (scope.CannotTell.AccountsAtMost is not { } most || most >= truth.FirstByAccount().Count);
    }

    private static Dictionary<(string, string), long> Said(List<Finding> findings, ScopeEngine engine)
    {
        if (findings.Count == 0)
            return [];
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = [.. findings.Select(finding => Predicate.Parse(finding.Where).OrThrow())],
        });
        return scope.Exposures().ToDictionary(e => (e.Account, e.Operation), e => e.Views);
    }

    private static ReplayScore WithGaps(ReplayScore score, ReplayTruth truth, ScanOutcome outcome)
    {
        var gaps = Coverage.Gaps(outcome.Ledger);
        if (truth.Lost is not { } lost)
        {
            var isLossy = truth.Exposed.Values.Any(exposure => exposure.ViewsNotLogged > 0);
            return score with
            {
                GapsTrue = isLossy ? 1 : 0,
                GapsNamed = isLossy && gaps.Count > 0 ? 1 : 0,
                GapsFalse = isLossy ? 0
                    : gaps.Count,
            };
        }
        bool Covers(Gap gap, LostLog log) => gap.Stream == log.Stream && gap.From < log.To && gap.To > log.From;
        return score with
        {
            GapsTrue = lost.Count,
            GapsNamed = lost.Count(log => gaps.Any(gap => Covers(gap, log))),
            GapsFalse = gaps.Count(gap => !lost.Any(log => Covers(gap, log))),
        };
    }

    private static ReplayScore WithScope(
        ReplayScore score, ReplayTruth truth, ScanPlan plan, Dictionary<(string Account, string Operation),
            long> said, List<Finding> right)
    {
        var logged = truth.Exposed.Where(entry => entry.Value.IsLogged).Select(entry => entry.Key).ToHashSet();
        var (trueAccounts, saidAccounts) = (Accounts(logged), Accounts(said.Keys));
        var first = truth.FirstByAccount();
        var begin = truth.Exposed.Values.Min(exposure => exposure.First);
        EventTime? raised = right.Count > 0 ? right.Min(finding => finding.Raised) : null;
        return score with
        {
            CrimeFirst = begin,
            CrimeLast = truth.Exposed.Values.Max(exposure => exposure.Last),
            Raised = raised,
            HoursToDetect = raised is { } alarm ? (double)(alarm - begin) / EventTime.Hour : null,
            AccountsBeforeAlarm = raised is { } at ? first.Values.LongCount(time => time <= at) : null,
            Pairs = new Matched(logged.Count, said.Count, logged.LongCount(said.ContainsKey)),
            Accounts = new Matched(trueAccounts.Count, saidAccounts.Count,
                trueAccounts.LongCount(saidAccounts.Contains)),
            People = plan.PeoplePath is { } path ? PeopleMatch.Of(path, plan.Routes, logged, said.Keys) : null,
            ViewsTrue = truth.Exposed.Values.Sum(exposure => exposure.Views - exposure.ViewsNotLogged),
            ViewsSaid = said.Values.Sum(),
            Curve = CurveOf(first, begin),
        };
    }

    private static HashSet<string> Accounts(IEnumerable<(string Account, string Operation)> pairs) =>
        [.. pairs.Select(pair => pair.Account)];

    private static List<(double, long)> CurveOf(Dictionary<string, EventTime> first, EventTime begin)
    {
        var hours = first.Values.Select(time => (double)(time - begin) / EventTime.Hour).Order().ToList();
        var step = Math.Max(1, (hours.Count + MostPoints - 1) / MostPoints);
        var curve = new List<(double, long)> { (0, 0) };
        for (var i = 0; i < hours.Count; i += step)
            curve.Add((hours[i], i + 1));
        curve.Add((hours[^1], hours.Count));
        return curve;
    }
}
