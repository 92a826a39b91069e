using System.CommandLine;
using System.Globalization;
using System.Text;
using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Incidents.Notices;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw case notice draft, submit, lint, approve</c>: what people and authorities are told.</summary>
internal static class CaseNoticeCommand
{
    public static Command Create(Host host) => new("notice",
        "Write a notice, hold it against scope and law, approve it.")
    {
        Draft(host),
        OnFile(host, "lint", "Say what is wrong with a notice; nothing is recorded.", null),
        OnFile(host, "submit", "Record an edited notice as drafted by --by.", CaseEventKind.NoticeDrafted),
        OnFile(host, "approve", "Approve a notice that has no fault; by somebody who did not draft it.",
            CaseEventKind.NoticeApproved),
    };

    private static Command Draft(Host host)
    {
        var id = CaseOptions.Case();
        var options = CaseOptions.Create();
        var template = new Option<string>("--template") { Description = "Which notice.", Required = true };
        template.AcceptOnlyFromAmong([.. NoticeTemplates.All.Select(each => each.Id)]);
        var particulars = new Option<string>("--particulars")
        {
            Description = "What no log knows: the company, how it happened, what was done (docs/incidents.md).",
            HelpName = "F.json",
            Required = true,
        };
        var posted = new Option<string?>("--posted-from")
        {
            Description = "For a posting: its first day; today otherwise.",
            HelpName = "DAY",
        };
        var language = CommonOptions.Language();
        var command = new Command("draft", "Write a notice from the case, to be edited.")
        {
            id, options.Ledger, template, particulars, language, posted, options.By,
        };
        command.SetAction(parsed =>
        {
            var journal = new CaseJournal(parsed.GetValue(options.Ledger)!, host);
            if (journal.Find(parsed.GetValue(id)!) is not { } incident
                || options.Read(host, parsed, CaseEventKind.NoticeDrafted) is not { } drafted)
                return ExitStatus.Usage;
            var spoken = CommonOptions.LanguageOf(parsed.GetValue(language) ?? "ko");
            var text = File.ReadAllText(parsed.GetValue(particulars)!);
            var kind = NoticeTemplates.Find(parsed.GetValue(template)!)!;
            try
            {
                var zone = CaseNotices.ZoneOf(kind);
                var day = parsed.GetValue(posted) is { } from
                    ? NodaTime.Text.LocalDatePattern.Iso.Parse(from).GetValueOrThrow()
                    : CaseNotices.Today(journal, zone);
                var draft = NoticeWriter.Write(incident, kind, spoken, NoticeParticulars.Read(text, spoken), zone,
                    CaseNotices.NextVersion(incident, kind), day);
                var name = CaseNotices.NameOf(draft);
                CaseDocuments.Write(journal.Directory, incident.Id, CaseNotices.ParticularsOf(name),
                    Encoding.UTF8.GetBytes(text));
                return Keep(host, journal, incident, draft, drafted, name);
            }
            catch (Exception fault) when (fault is FormatException or NodaTime.Text.UnparsableValueException)
            {
                return host.Fail(ExitStatus.Usage, fault.Message);
            }
        });
        return command;
    }

    private static Command OnFile(Host host, string verb, string description, CaseEventKind? recorded)
    {
        var file = new Argument<string>("NOTICE") { Description = "The file of the notice." };
        var options = CaseOptions.Create();
        var command = new Command(verb, description) { file, options.Ledger };
        if (recorded is not null)
            command.Options.Add(options.By);
        command.SetAction(parsed =>
        {
            var journal = new CaseJournal(parsed.GetValue(options.Ledger)!, host);
            var path = parsed.GetValue(file)!;
            if (CaseNotices.Read(host, journal, path) is not { } notice)
                return ExitStatus.Usage;
            var faults = CaseNotices.Faults(journal, notice);
            var standing = faults.Where(fault => fault.IsOfText).ToList();
            foreach (var fault in faults)
                host.Out.WriteLine($"  {fault.Code,-22} {fault.In(notice.Draft.Language)}");
            if (recorded is not { } kind)
            {
                host.Out.WriteLine(faults.Count == 0 ? "No fault." : CaseNotices.Count(faults));
                return faults.Count == 0 ? ExitStatus.Nothing : ExitStatus.Findings;
            }
            if (kind == CaseEventKind.NoticeApproved && standing.Count > 0)
                return host.Fail(ExitStatus.Findings, $"not approved: {CaseNotices.Count(standing)}");
            if (options.Read(host, parsed, kind) is not { } happened)
                return ExitStatus.Usage;
            return Keep(host, journal, notice.Case, notice.Draft, happened, Path.GetFileName(path));
        });
        return command;
    }

    /// <summary>Keeps the text with the case, and its digest in the journal.</summary>
    private static int Keep(
        Host host, CaseJournal journal, Case incident, NoticeDraft draft, CaseEvent happened, string name)
    {
        var approves = happened.Kind == CaseEventKind.NoticeApproved;
        var source = Encoding.UTF8.GetBytes(draft.ToSource());
        var digest = draft.Digest();
        if (journal.Add(incident, happened with
        {
            Version = draft.Version,
            Duties = CaseNotices.DutiesOf(draft),
            Evidence = [CaseEvent.DigestPrefix + digest],
            Note = $"{draft.Template.Id} {draft.Language.Code()}",
        }) is null)
            return ExitStatus.Usage;
        var path = CaseDocuments.PathOf(journal.Directory, incident.Id, name);
        if (CaseDocuments.SetAside(path, source) is { } aside)
            host.Out.WriteLine($"the text that was there before is {aside}");
        CaseDocuments.Write(journal.Directory, incident.Id, name, source);
        if (approves)
            foreach (var (suffix, text) in new[]
            {
                (".txt", NoticeRendering.Plain(draft)), (".html", NoticeRendering.Html(draft)),
                (".print.html", NoticeRendering.Print(draft)),
            })
                CaseDocuments.Write(
                    journal.Directory, incident.Id, Path.ChangeExtension(name, null) + suffix,
                    Encoding.UTF8.GetBytes(text));
        host.Out.WriteLine(approves
            ? $"{path} is approved by {happened.By}."
            : $"{path} is drafted by {happened.By}.");
        foreach (var doubt in CaseNotices.Unverified(draft.Template, CaseNotices.Today(journal,
            CaseNotices.ZoneOf(draft.Template))))
            host.Out.WriteLine($"not verified  {doubt}");
        host.Out.WriteLine("next  " + (!approves ? $"whosaw case notice lint {path} --ledger {journal.Directory}"
            : AfterApproval(incident.Id, journal.Directory, draft, path, digest)));
        return ExitStatus.Nothing;
    }

    private static string AfterApproval(string id, string ledger, NoticeDraft draft, string path, string digest) =>
        draft.Template.ToPeople ? $"whosaw case send {id} --ledger {ledger} --notice {path} …"
        : draft.Template.Duties.Count == 0
            ? $"post it, then  whosaw case event {id} posted --ledger {ledger} --evidence sha256:{digest}"
            : $"file it, then  whosaw case event {id} notice-sent --ledger {ledger} --evidence sha256:{digest} "
                + string.Join(" ", CaseNotices.DutiesOf(draft).Select(duty => "--for " + duty));
}

/// <summary>A notice with its case and what it is held against.</summary>
internal sealed record CaseNotice(Case Case, NoticeDraft Draft, NoticeParticulars Particulars);

/// <summary>Notices as the verbs need them.</summary>
internal static class CaseNotices
{
    private const string Suffix = ".particulars.json";

    /// <summary>One for all notices of a case, as earlier versions kept it.</summary>
    private const string OfOlderVersions = "particulars.json";
    private static readonly LawBook Laws = LawBook.Embedded();

    /// <summary>The zone of those who are told.</summary>
    public static DateTimeZone ZoneOf(NoticeTemplate template) =>
        template.Duties.Select(Laws.Find).FirstOrDefault()?.Zone ?? Laws.Find("kr-pipa-34-1")!.Zone;

    /// <summary>What of the law of the day behind a notice nobody has read in its own text.</summary>
    public static IEnumerable<string> Unverified(NoticeTemplate template, LocalDate day) => template.Duties
        .Select(Laws.Find).OfType<Duty>()
        .Select(duty => duty.On(day) ?? duty.Versions.LastOrDefault(version => version.InForce is not null))
        .OfType<DutyVersion>().SelectMany(version => version.Unverified).Distinct();

    /// <summary>The duties that a notice serves; a further one also those of each new fact.</summary>
    public static IReadOnlyList<string> DutiesOf(NoticeDraft draft) => draft.Version == 1
        ? draft.Template.Duties
        : [.. draft.Template.Duties, .. Laws.Duties.Where(duty => duty.Versions.Any(version =>
            version.AfterNotice is { } first && draft.Template.Duties.Contains(first))).Select(duty => duty.Id)];

    /// <summary>False, after saying so, when one is none.</summary>
    public static bool AreDuties(Host host, IReadOnlyList<string> ids)
    {
        var unknown = ids.FirstOrDefault(each => Laws.Find(each) is null);
        if (unknown is not null)
            host.Fail(ExitStatus.Usage, $"there is no duty {unknown}; whosaw case clocks --all lists them");
        return unknown is null;
    }

    /// <summary>What a notice of that name was written from: another notice may name another contact.</summary>
    public static string ParticularsOf(string name) => Path.ChangeExtension(name, null) + Suffix;

    public static LocalDate Today(CaseJournal journal, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(journal.Now.ToUtc()).InZone(zone).Date;

    /// <summary>1, or one more than the last that was sent.</summary>
    public static int NextVersion(Case incident, NoticeTemplate template) => 1 + incident
        .All(CaseEventKind.NoticeSent).Count(each => each.Duties.Intersect(template.Duties).Any());

    public static string NameOf(NoticeDraft draft) => string.Create(CultureInfo.InvariantCulture,
        $"notice-{draft.Template.Id}-{draft.Language.Code()}-{draft.Version}.md");

    public static string Count(IReadOnlyList<LintFault> faults) =>
        faults.Count == 1 ? "1 fault" : string.Create(CultureInfo.InvariantCulture, $"{faults.Count} faults");

    /// <summary>Null, after saying so, when the file is no notice of a case of this ledger.</summary>
    public static CaseNotice? Read(Host host, CaseJournal journal, string path)
    {
        try
        {
            var draft = NoticeDraft.Parse(File.ReadAllText(path));
            if (journal.Find(draft.Case) is not { } incident)
                return null;
            var kept = CaseDocuments.PathOf(journal.Directory, incident.Id, ParticularsOf(NameOf(draft)));
            if (!File.Exists(kept))
                kept = CaseDocuments.PathOf(journal.Directory, incident.Id, OfOlderVersions);
            if (!File.Exists(kept))
                throw new FormatException($"no {NameOf(draft)} of {draft.Case} was drafted here");
            return new CaseNotice(incident, draft, NoticeParticulars.Read(File.ReadAllText(kept), draft.Language));
        }
        catch (FormatException fault)
        {
            host.Fail(ExitStatus.Usage, $"{path}: {fault.Message}");
            return null;
        }
    }

    public static IReadOnlyList<LintFault> Faults(
        CaseJournal journal, CaseNotice notice, RecipientPlan? recipients = null)
    {
        var zone = ZoneOf(notice.Draft.Template);
        return NoticeLinter.Faults(notice.Draft, new LintContext
        {
            Case = notice.Case,
            Particulars = notice.Particulars,
            Zone = zone,
            Today = Today(journal, zone),
            Recipients = recipients,
        });
    }
}
