using System.CommandLine;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Cli.Scoring;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Ledger;
using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// <c>whosaw case drill</c>: an exercise. A theft is simulated and scanned, a case is opened by a customer's complaint,
/// and the clocks run while people handle it with the ordinary verbs. Everything of it is marked DRILL.
/// </summary>
internal static class CaseDrillCommand
{
    private const string Facts = "home=KR online-service=yes role=controller";

    public static Command Create(Host host)
    {
        var output = new Option<string?>("--out")
        {
            Description = "Begin an exercise in this new folder.",
            HelpName = "DIR",
        };
        var score = new Option<string?>("--score")
        {
            Description = "Say how the exercise in this folder went, against its truth and its clocks.",
            HelpName = "DIR",
        };
        var scenario = new Option<string>("--scenario")
        {
            Description = "Which theft; see whosaw simulate --help.",
            DefaultValueFactory = _ => "forged-passes",
        };
        var accounts = new Option<int>("--accounts")
        {
            Description = "How many accounts the company has.",
            HelpName = "N",
            DefaultValueFactory = _ => 5000,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another theft of the kind.",
            DefaultValueFactory = _ => 1,
        };
        var by = Watching.Options().By;
        var language = CommonOptions.Language();
        var command = new Command("drill", "Practise: an incident from a simulated theft, against the clock.")
        {
            output, score, scenario, accounts, seed, by, language,
        };
        command.SetAction(parsed =>
        {
            var spoken = CommonOptions.LanguageOf(parsed.GetValue(language));
            if (parsed.GetValue(score) is { } played)
                return Score(host, played, spoken);
            if (parsed.GetValue(output) is not { } folder)
                return host.Fail(ExitStatus.Usage, "begin with --out DIR, or see how it went with --score DIR");
            return Begin(host, folder, new ScenarioOptions
            {
                Scenario = parsed.GetValue(scenario)!,
                Seed = (ulong)parsed.GetValue(seed),
                Accounts = parsed.GetValue(accounts),
                Days = 6,
                LinesPerDay = 3000,
            }, parsed.GetValue(by)!);
        });
        return command;
    }

    private static int Begin(Host host, string folder, ScenarioOptions options, string by)
    {
        if (options.Faults() is { Count: > 0 } faults)
            return host.Fail(ExitStatus.Usage, faults);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return host.Fail(ExitStatus.Usage, $"{folder} is not empty");
        SimulateVerb.WriteTo(folder, options, Environment.ProcessorCount);
        var ledger = Path.Combine(folder, "ledger");
        var scanned = new ScanVerb(host with { Out = TextWriter.Null }).Run(new ScanRequest
        {
            Config = Path.Combine(folder, "whosaw.yaml"),
            Ledger = ledger,
        }, null, null);
        if (scanned is not (ExitStatus.Nothing or ExitStatus.Findings))
            return scanned;
        var journal = new CaseJournal(ledger, host);
        var opened = new CaseEvent
        {
            Case = "",
            Number = 0,
            Kind = CaseEventKind.Opened,
            At = journal.Now,
            Recorded = journal.Now,
            By = by,
            Facts = Facts.Split(' ').Select(each => each.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
            Note = "DRILL",
        };
        var complaint = opened with
        {
            Kind = CaseEventKind.SignalRaised,
            Evidence = ["reference:DRILL complaint 1"],
            Facts = new Dictionary<string, string>(),
        };
        if (journal.Open(opened, [complaint], drill: true) is not { } incident)
            return ExitStatus.Usage;
        var id = incident.Id;
        foreach (var line in (string[])
        [
            "DRILL  DRILL  DRILL   nothing of this is real",
            "A customer writes: \"somebody knows my address and what I ordered\". The clocks run from now.",
            $"  whosaw case clocks {id} --ledger {ledger}",
            $"  whosaw ledger status --ledger {ledger}",
            $"  whosaw case event {id} illegal-access-known --ledger {ledger} --by YOU --evidence finding:F1",
            $"  whosaw case scope {id} --ledger {ledger}",
            "and so on to the notice. How did it go?",
            $"  whosaw case drill --score {folder}",
        ])
            host.Out.WriteLine(line);
        return ExitStatus.Nothing;
    }

    private static int Score(Host host, string folder, Scoping.Reports.Language language)
    {
        var ledger = Path.Combine(folder, "ledger");
        var journal = new CaseJournal(ledger, host);
        if (journal.Read().LastOrDefault(each => each.IsDrill) is not { } incident)
            return host.Fail(ExitStatus.Usage, $"there is no exercise in {folder}");
        ReplayTruth truth;
        try
        {
            truth = ReplayTruth.Read(folder);
        }
        catch (Exception fault) when (fault is FileNotFoundException or FormatException)
        {
            return host.Fail(ExitStatus.Usage, fault.Message);
        }
        var exposed = truth.Exposed.Where(each => each.Value.IsLogged).Select(each => each.Key.Account).Distinct();
        CaseDrillPage.Write(host.Page(), incident, ClockBoard.Of(incident, LawBook.Embedded(), journal.Now),
            exposed.LongCount(), journal.Now, language);
        return ExitStatus.Nothing;
    }
}
