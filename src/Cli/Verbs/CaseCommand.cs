using System.CommandLine;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw case</c>: an incident and what the law wants of it.</summary>
internal static class CaseCommand
{
    /// <summary>What only a check may put on record.</summary>
    private static readonly CaseEventKind[] OfOtherVerbs =
    [
        CaseEventKind.Opened, CaseEventKind.ScopeIssued, CaseEventKind.NoticeDrafted, CaseEventKind.NoticeApproved,
        CaseEventKind.DeliveryReleased, CaseEventKind.DeliveryReported,
    ];

    public static Command Create(Host host) => new("case",
        "Handle an incident: what happened, what is due, who is told.")
    {
        Open(host), Event(host), Show(host), Log(host), CaseClocksCommand.Create(host), CaseScopeCommand.Create(host),
        CaseNoticeCommand.Create(host), CaseSendCommand.Create(host),
        CaseDrillCommand.Create(host),
    };

    private static Command Open(Host host)
    {
        var options = CaseOptions.Create();
        var finding = new Option<string[]>("--finding")
        {
            Description = "The findings that are the first sign.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        var signal = new Option<string?>("--signal")
        {
            Description = "Another first sign: a complaint's ticket, a penetration test's report.",
            HelpName = "REFERENCE",
        };
        var command = new Command("open", "Open a case; a hold on everything is placed first.")
        {
            options.Ledger, finding, signal, options.At, options.By, options.Facts, options.Note,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(options.Ledger)!;
            var ledger = LedgerContents.Read(directory);
            var signs = new List<string>();
            foreach (var id in parsed.GetValue(finding) ?? [])
            {
                if (FindingPredicates.Find(ledger, id, host) is not { } found)
                    return ExitStatus.Usage;
                signs.Add("finding:" + found.Id);
            }
            if (parsed.GetValue(signal) is { } reference)
                signs.Add("reference:" + reference);
            if (signs.Count == 0)
                return host.Fail(ExitStatus.Usage, "say what the first sign was, with --finding or --signal");
            if (options.Read(host, parsed, CaseEventKind.Opened) is not { } opened)
                return ExitStatus.Usage;
            var sign = opened with
            {
                Kind = CaseEventKind.SignalRaised,
                Evidence = signs,
                Facts = new Dictionary<string, string>(),
            };
            var now = new CaseJournal(directory, host).Now;
            if (new CaseJournal(directory, host).Open(
                opened with { At = now, Evidence = [] }, [sign], drill: false) is not { } incident)
                return ExitStatus.Usage;
            host.Out.WriteLine($"Case {incident.Id} is open; hold {HoldOf(incident)} keeps everything.");
            host.Out.WriteLine($"next  whosaw case clocks {incident.Id} --ledger {directory}");
            return ExitStatus.Nothing;
        });
        return command;
    }

    private static string HoldOf(Case incident) => incident.Events[0].Evidence[0]["hold:".Length..];

    private static Command Event(Host host)
    {
        var id = CaseOptions.Case();
        var kind = new Argument<string>("KIND")
        {
            Description = "Such as illegal-access-known; whosaw case event --help lists them: "
                + string.Join(", ", CaseEventKind.Known.Skip(1)),
        };
        var duties = new Option<string[]>("--for")
        {
            Description = "The duties that it serves, by their ids in whosaw case clocks.",
            HelpName = "DUTY",
        };
        var version = new Option<int?>("--version-of") { Description = "The version of a notice.", HelpName = "N" };
        var laws = CaseOptions.Laws();
        var options = CaseOptions.Create();
        var command = new Command("event", "Record what happened, was found out or decided.")
        {
            id, kind, options.Ledger, options.At, options.By, options.Evidence, duties, version, options.Facts,
            options.Note, laws,
        };
        command.SetAction(parsed =>
        {
            var journal = new CaseJournal(parsed.GetValue(options.Ledger)!, host);
            if (journal.Find(parsed.GetValue(id)!) is not { } incident
                || CaseOptions.ReadLaws(host, parsed.GetValue(laws)) is not { } book
                || options.Read(host, parsed, new CaseEventKind(parsed.GetValue(kind)!)) is not { } happened)
                return ExitStatus.Usage;
            var named = parsed.GetValue(duties) ?? [];
            if (named.FirstOrDefault(each => book.Find(each) is null) is { } unknown)
                return host.Fail(
                    ExitStatus.Usage, $"there is no duty {unknown}; whosaw case clocks {incident.Id} lists them");
            if (OfOtherVerbs.Contains(happened.Kind))
                return host.Fail(ExitStatus.Usage, $"{happened.Kind} has a verb of its own");
            if (EvidenceOf(host, journal.Directory, happened) is not { } evidence)
                return ExitStatus.Usage;
            if (happened is { Kind.Name: "closed", Note: null }
                && StillDue(incident, book, journal.Now) is { Count: > 0 } due)
                return host.Fail(ExitStatus.Usage,
                    [.. due, $"say with --note why {incident.Id} is closed all the same"]);
            if (journal.Add(incident, happened with
            {
                Evidence = evidence,
                Duties = named,
                Version = parsed.GetValue(version),
            }) is not { } after)
                return ExitStatus.Usage;
            host.Out.WriteLine($"{after.Id} {after.Events.Count}: {happened.Kind}");
            return ExitStatus.Nothing;
        });
        return command;
    }

    /// <summary>The evidence with its findings as the ledger calls them; null when it has none of that id: a case that
    /// names it could never be scoped.</summary>
    private static List<string>? EvidenceOf(Host host, string directory, CaseEvent happened)
    {
        var evidence = new List<string>();
        var ledger = happened.Evidence.Any(IsFinding) ? LedgerContents.Read(directory) : null;
        foreach (var each in happened.Evidence)
        {
            if (!IsFinding(each))
                evidence.Add(each);
            else if (FindingPredicates.Find(ledger!, each["finding:".Length..], host) is { } found)
                evidence.Add("finding:" + found.Id);
            else
                return null;
        }
        return evidence;

        static bool IsFinding(string text) => text.StartsWith("finding:", StringComparison.Ordinal);
    }

    private static List<string> StillDue(Case incident, LawBook book, EventTime now) =>
        [.. ClockBoard.Of(incident, book, now).Where(clock => clock.Applies.Truth == Truth.Yes
            && clock.State is ClockState.Overdue or ClockState.Running)
            .Select(clock => $"still due: {ClockText.Sentence(clock, Language.English)} ({clock.Duty.Id})")];

    private static Command Show(Host host)
    {
        var id = new Argument<string?>("CASE") { Arity = ArgumentArity.ZeroOrOne, Description = "All otherwise." };
        var options = CaseOptions.Create();
        var language = CommonOptions.Language();
        var command = new Command("show", "Say how a case stands, or which cases there are.")
        {
            id, options.Ledger, language,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(options.Ledger)!;
            var journal = new CaseJournal(directory, host);
            var spoken = CommonOptions.LanguageOf(parsed.GetValue(language));
            if (parsed.GetValue(id) is not { } wanted)
            {
                CasePage.WriteList(host.Page(), journal.Read(), DisplayZone.Read(directory), spoken);
                return ExitStatus.Nothing;
            }
            if (journal.Find(wanted) is not { } incident)
                return ExitStatus.Usage;
            var clocks = ClockBoard.Of(incident, LawBook.Embedded(), journal.Now);
            CasePage.Write(host.Page(), incident, clocks, CaseDocuments.Faults(directory, incident),
                DisplayZone.Read(directory), spoken);
            return ExitStatus.Nothing;
        });
        return command;
    }

    private static Command Log(Host host)
    {
        var id = CaseOptions.Case();
        var options = CaseOptions.Create();
        var language = CommonOptions.Language();
        var command = new Command("log", "Show every event of a case, with who, when and what shows it.")
        {
            id, options.Ledger, language,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(options.Ledger)!;
            if (new CaseJournal(directory, host).Find(parsed.GetValue(id)!) is not { } incident)
                return ExitStatus.Usage;
            CasePage.WriteLog(host.Page(), incident, DisplayZone.Read(directory),
                CommonOptions.LanguageOf(parsed.GetValue(language)));
            return ExitStatus.Nothing;
        });
        return command;
    }
}
