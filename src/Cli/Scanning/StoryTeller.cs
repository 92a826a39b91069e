using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;
using Told = WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Turns what a run found into what people are told: every count is asked of the ledger, none of a detector.
/// </summary>
internal sealed class StoryTeller(ScanPlan plan, ScanRequest request, ScanOutcome outcome)
{
    // What the questions of a page may hold before they are put on disk.
    private const long PageMemory = 512L << 20;

    private readonly IReadOnlyList<TotalsRow> _totals = Coverage.Read(outcome.Ledger);

    public ScanStory Tell()
    {
        var gaps = GapFinder.Find(_totals, new GapOptions());
        using var engine = ScopeEngine.Open(
            outcome.Ledger, new ScopeEngineOptions { Threads = request.Threads, MemoryLimit = PageMemory });
        var tallies = outcome.Files.Select(file => file.Tally).ToList();
        var days = DaysOf();
        var perDay = PerDay();
        return new ScanStory
        {
            Lines = tallies.Sum(tally => tally.Lines),
            Files = outcome.Files.Count,
            Streams = outcome.Files.Select(file => file.File.Stream).Distinct().Count(),
            First = Watched().Min(tally => tally.First),
            Last = Watched().Max(tally => tally.Last),
            Zone = plan.Zone,
            Accesses = _totals.Where(IsAccess).Sum(row => row.Lines),
            Accounts = engine.Summarise([Predicate.Everything])[0].Accounts,
            Rejected = tallies.Sum(tally => tally.Rejects),
            RejectReasons = [.. outcome.Rejected.OrderByDescending(r => r.Value).ThenBy(r => r.Key)
                .Select(r => new RejectCount(RejectReasons.Words(r.Key), r.Value))],
            Seconds = outcome.Seconds,
            Findings = [.. outcome.Findings.Select(finding => Tell(finding, engine, gaps, days))],
            Open = Open(),
            Gaps = [.. gaps.Select(gap => new GapStory(gap.Stream, gap.From, gap.To, gap.Reason))],
            Assumptions = plan.Assumed?.Sentences ?? [],
            Routes = [.. (plan.Assumed?.Routes ?? []).Select(r => new InferredRouteStory(
                r.Route.Route, r.Requests, r.DistinctValues, r.LooksPersonal,
                [.. r.Route.Shows.Select(s => s.Name)], r.Why))],
            Notices = [.. Notices(tallies)],
            LookedFor = outcome.Detectors,
            NotSeen = [.. NotSeen()],
            LedgerPath = request.Ledger,
            ConfigPath = request.Config,
            Inputs = request.Logs,
            Version = Host.Version,
            Sources = [.. outcome.Files.Select(f => new SourceStory(
                plan.Sources.First(s => s == f.File.Source).Id, outcome.Catalog.Streams[f.File.Stream].Name,
                f.File.Display, f.Tally.Size, f.Tally.Sha256, f.Tally.Lines, f.Tally.Records, f.Tally.Rejects,
                f.Tally.Fault is not null))],
            Coverage = CoverageDays.Of(_totals, gaps, days, plan.Zone),
            Days = [.. days.Select(day =>
                new DayTotal(day, perDay.GetValueOrDefault(day).Lines, perDay.GetValueOrDefault(day).Accesses, 0))],
        };
    }

    private FindingStory Tell(
        Finding finding, ScopeEngine engine, IReadOnlyList<Gap> gaps, IReadOnlyList<DateOnly> days)
    {
        var reasons = finding.Evidence.Where(evidence => evidence.Elsewhere.Length > 0).ToList();
        var story = new FindingStory
        {
            Finding = finding,
            Evidence = reasons,
            Who = [.. finding.Evidence.Except(reasons).Select(evidence => Who(evidence, finding))],
        };
        if (finding.Kind != FindingKind.Access || finding.Where.Length == 0)
            return story;
        var predicate = Predicate.Parse(finding.Where).OrThrow();
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = [predicate],
            Gaps = [.. gaps.Select(GapOf)],
            DayOffset = plan.Zone.GetUtcOffset(finding.First.ToUtc()),
        });
        var perDay = PerDay(scope, days);
        return story with
        {
            Accounts = scope.Accounts,
            People = scope.People.Known,
            PeopleBounds = (scope.People.AtLeast, scope.People.AtMost),
            Views = scope.Views,
            UnnamedRows = scope.Unnamed.Rows,
            UnnamedBytes = scope.Unnamed.Bytes,
            UnnamedViews = scope.Unnamed.Views,
            Fields = [.. scope.Operations.SelectMany(operation => operation.Fields).Distinct()],
            Operations =
                [.. scope.Operations.Select(o => new Told.OperationCount(o.Name, o.Accounts, o.Views, o.Fields))],
            Categories = [.. scope.Categories.Select(c => new Told.CategoryCount(
                c.Name, c.Accounts, scope.Operations.Where(o => o.Fields.Contains(c.Name)).Sum(o => o.Views)))],
            PerDay = perDay,
            AccountsBeforeAlarm = Before(engine, predicate, finding.Raised),
            Gaps = GapStory.Of(scope),
            CannotTell = scope.Coverage.Gaps.Count == 1 ? scope.Unnamed.Sentence : CannotTellOf(scope),
            // nobody read a decoy by name where nobody is named
            Canaries = scope.Accounts == 0 && !scope.Unnamed.IsNone ? null : Canaries(scope),
            Test = TestOf(engine, predicate, perDay),
        };
    }

    public static CanaryStory? Canaries(Scope scope) =>
        scope.Canaries is
        {
            Planted: { } planted, Estimate: { } estimate, Low: { } low, High: { } high, Agrees: { } agrees,
        }
            ? new CanaryStory(scope.Canaries.Touched, planted, estimate, low, high, agrees)
            : null;

    private static string? CannotTellOf(Scope scope) => scope.Coverage.Complete ? scope.Unnamed.Sentence
        : scope.CannotTell.Why;

    /// <summary>Who it was, as the evidence that has no comparison says; for a key also who held it.</summary>
    private string Who(Evidence evidence, Finding finding)
    {
        var line = $"{evidence.What} {evidence.Here}";
        if (evidence.What != "key")
            return line;
        var key = evidence.Here.Split(' ')[0];
        var left = outcome.Keys.Of(key).Where(h => h.Left <= finding.Last).OrderBy(h => h.Left).FirstOrDefault();
        if (left is null)
            return line;
        var day = TimeZoneInfo.ConvertTime(left.Left!.Value.Plus(-1).ToUtc(), plan.Zone);
        return line
            + $", which {left.Holder} held, who left on {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}";
    }

    private static CoverageGap GapOf(Gap gap) =>
        new(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines);

    private static long Before(ScopeEngine engine, Predicate predicate, EventTime moment) =>
        engine.Summarise([Predicate.And(predicate, Predicate.Parse($"time <= '{moment}'").OrThrow())])[0].Accounts;

    private static List<Told.DayCount> PerDay(Scope scope, IReadOnlyList<DateOnly> days)
    {
        var counts = scope.PerDay.ToDictionary(day => day.Day);
        return [.. days.Select(day => counts.TryGetValue(day, out var c)
            ? new Told.DayCount(day, c.Accounts, c.NewAccounts, c.Views)
            : new Told.DayCount(day, 0, 0, 0))];
    }

    /// <summary>A few views, then at least a day of nothing, then the rest: somebody tried first.</summary>
    private TestPhase? TestOf(ScopeEngine engine, Predicate predicate, List<Told.DayCount> perDay)
    {
        var first = perDay.FindIndex(day => day.Views > 0);
        var most = perDay.Count == 0 ? 0 : perDay.Max(day => day.Views);
        if (first < 0 || perDay[first].Views * 50 > most)
            return null;
        var pause = perDay.FindIndex(first, day => day.Views == 0);
        var steady = pause < 0 ? -1 : perDay.FindIndex(pause, day => day.Views > 0);
        if (steady < 0)
            return null;
        var midnight = perDay[steady].Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        var start = EventTime.From(new DateTimeOffset(midnight, plan.Zone.GetUtcOffset(midnight)));
        var test = engine.Summarise([Predicate.And(predicate, Predicate.Parse($"time < '{start}'").OrThrow())])[0];
        var rest = engine.Summarise([Predicate.And(predicate, Predicate.Parse($"time >= '{start}'").OrThrow())])[0];
        return test is { First: { } from, Last: { } to } && rest.First is { } since
            ? new TestPhase(from, to, test.Views, since)
            : null;
    }

    private IEnumerable<string> Notices(List<Intake.Sources.FileTally> tallies)
    {
        var culture = CultureInfo.InvariantCulture;
        foreach (var fault in plan.Faults.Concat(outcome.Inputs.Faults))
            yield return fault;
        if (outcome.Inputs.AlreadyRead.Count > 0)
            yield return outcome.Inputs.AlreadyRead.Count == 1
                ? "1 file was read before and is in the ledger already."
                : string.Create(culture,
                    $"{outcome.Inputs.AlreadyRead.Count:N0} files were read before and are in the ledger already.");
        foreach (var (file, tally) in outcome.Files)
            if (tally.Fault is { } fault)
                yield return $"{file.Display}: {fault}";
        foreach (var (file, tally) in outcome.NotUnderstood)
            yield return $"{file.Display}: of its {Counted.Of(tally.Lines, "line")} none reads as "
                + $"{file.Source.Format}. Is it plain text, gzip or zstd, in UTF-8?";
        if (tallies.Sum(tally => tally.Late) is > 0 and var late)
            yield return $"{Counted.Of(late, "record")} came out of order by more than a minute: recorded, and seen "
                + "late by detection.";
        if (tallies.Sum(tally => tally.SubjectsLeft) is > 0 and var left)
            yield return $"Of one request a thousand accounts are recorded; {Counted.Of(left, "account")} beyond "
                + "that were not.";
        foreach (var notice in outcome.Notices)
            yield return notice;
        if (Told() && Open() is { Count: > 0 } open)
            yield return "Earlier runs found: "
                + string.Join("; ", open.Select(finding => $"{finding.Id} {finding.Title}")) + ".";
    }

    /// <summary>Whether this run has something to tell, so that what is open is no heading.</summary>
    private bool Told() => outcome.Findings.Any(finding =>
        finding.Kind == FindingKind.Access || finding is { Kind: FindingKind.Spill, Severity: >= Severity.Medium });

    private List<Finding> Open()
    {
        var now = outcome.Findings.Select(finding => finding.Id).ToHashSet();
        return [.. outcome.Ledger.Findings.Where(finding => !now.Contains(finding.Id))];
    }

    private IEnumerable<string> NotSeen()
    {
        if (plan.Sources.All(source => source.Kind != Intake.Sources.SourceKind.Issuer))
            yield return "No issuer log is configured: that a pass was never issued is then evidence "
                + "at best, not a fact.";
        if (outcome.Accounts.Count == 0)
            yield return "No accounts are listed: decoys and dormant accounts are unknown.";
        if (plan.PeoplePath is null)
            yield return "No people are listed: address-book people are bounded, not counted.";
        if (plan.KeysPath is null)
            yield return "No key register is configured: keys whose holder has left are not noticed.";
    }

    private static bool IsAccess(TotalsRow row) => row.Operation is not null and not Operation.LoginName;

    /// <summary>The files that are watched; an issuer's log may reach much further back.</summary>
    private List<Intake.Sources.FileTally> Watched()
    {
        var dated = outcome.Files.Where(f => f.Tally.First is not null).ToList();
        var watched = dated.Where(f => f.File.Source.Kind != Intake.Sources.SourceKind.Issuer).ToList();
        return [.. (watched.Count > 0 ? watched : dated).Select(f => f.Tally)];
    }

    private List<DateOnly> DaysOf()
    {
        var watched = Watched();
        if (watched.Count == 0)
            return [];
        var (first, last) = (Day(watched.Min(t => t.First)!.Value), Day(watched.Max(t => t.Last)!.Value));
        // A clock that was never set must not make a calendar of fifty years.
        return [.. Enumerable.Range(0, Math.Min(3700, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)];
    }

    private DateOnly Day(EventTime time) => new LocalCalendar(plan.Zone).DayOf(time.MinuteNumber);

    private Dictionary<DateOnly, (long Lines, long Accesses)> PerDay()
    {
        var counts = new Dictionary<DateOnly, (long Lines, long Accesses)>();
        var calendar = new LocalCalendar(plan.Zone);
        foreach (var row in _totals)
        {
            var day = calendar.DayOf(row.Minute);
            var (lines, accesses) = counts.GetValueOrDefault(day);
            counts[day] = (lines + row.Lines, accesses + (IsAccess(row) ? row.Lines : 0));
        }
        return counts;
    }
}
