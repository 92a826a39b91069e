using System.Globalization;
using Spectre.Console;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>A case: how it stands, and everything that happened in it.</summary>
internal static class CasePage
{
    public static void WriteList(
        IAnsiConsole console, IReadOnlyList<Case> cases, TimeZoneInfo zone, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        if (cases.Count == 0)
        {
            page.Text(words.Say("case.none"));
            return;
        }
        var table = new PageTable(new("case"), new PageTable.Column(words.Say("case.column.state")),
            new PageTable.Column(words.Say("case.column.opened")),
            new PageTable.Column(words.Say("column.accounts"), true),
            new PageTable.Column(words.Say("case.column.by"), Widest: 20));
        foreach (var each in cases)
            table.Add(each.Id, StateOf(each, words), Moment(each.Events[0].At, zone),
                each.Scope is { } scope ? Words.Number(scope.Accounts) : "", each.Events[0].By);
        table.Write(page);
    }

    public static void Write(
        IAnsiConsole console, Case incident, IReadOnlyList<Clock> clocks, IReadOnlyList<string> faults,
        TimeZoneInfo zone, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        page.Blank();
        page.Split([new Span(words.Say("case.title", incident.Id), Tone.Strong), "  ", StateOf(incident, words)],
            [new Span(Moment(incident.Events[0].At, zone), Tone.Dim)]);
        WriteDrill(page, incident, words);
        page.Rule();
        if (incident.Scope is { } scope)
            page.Text(ScopeText(scope), Tone.Strong);
        else
            page.Text(words.Say("case.no-scope"), Tone.Warning);
        if (incident.Findings.Count > 0)
            page.Text(words.Say("case.findings", string.Join(", ", incident.Findings)));
        foreach (var (name, value) in incident.Facts.Values.OrderBy(fact => fact.Key, StringComparer.Ordinal))
            page.Text($"{name}: {value}", Tone.Dim, indent: 2);
        foreach (var clock in clocks.Where(clock => clock.Applies.Truth == Truth.Yes
            && clock.State is ClockState.Overdue or ClockState.MetLate or ClockState.Running))
            page.Text(ClockText.Sentence(clock, language),
                clock.State == ClockState.Running ? Tone.Warning : Tone.Alarm);
        foreach (var fault in faults)
            page.Text(fault, Tone.Alarm);
        page.Text(words.Count("case.events", incident.Events.Count), Tone.Dim);
        page.Blank();
    }

    public static void WriteLog(IAnsiConsole console, Case incident, TimeZoneInfo zone, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        WriteDrill(page, incident, words);
        var table = new PageTable(new("", true), new PageTable.Column(words.Say("case.column.at")),
            new PageTable.Column(words.Say("case.column.kind")), new PageTable.Column(words.Say("case.column.by"),
                Widest: 14), new PageTable.Column(words.Say("case.column.recorded")),
            new PageTable.Column(words.Say("case.column.evidence"), Widest: 24));
        var withdrawn = incident.Events.Where(each => each.Withdraws is not null)
            .ToDictionary(each => each.Withdraws!.Value, each => each.Number);
        foreach (var each in incident.Events)
            table.Add(each.Number.ToString(CultureInfo.InvariantCulture), Moment(each.At, zone),
                each.Kind.Name + (each.Version is { } v ? string.Create(CultureInfo.InvariantCulture, $" ({v})") : "")
                    + (withdrawn.TryGetValue(each.Number, out var by) ? ", " + words.Say("case.withdrawn", by) : ""),
                each.By, Moment(each.Recorded, zone), Details(each));
        table.Write(page);
    }

    /// <summary>The numbers of a scope, and how they differ from those before.</summary>
    public static void WriteScope(TextWriter output, string id, CaseScope scope, CaseScope? before)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{id} scope {scope.Version}: {ScopeText(scope)}"));
        if (before is not null)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"before (scope {before.Version}): {ScopeText(before)}"));
        if (!scope.Complete)
            output.WriteLine("The logs have gaps: what they hide is in cannotTell of the document.");
    }

    /// <summary>An exercise says so on every page.</summary>
    public static void WriteDrill(PageWriter page, Case incident, Words words)
    {
        if (incident.IsDrill)
            page.Text(words.Say("case.drill"), Tone.Alarm);
    }

    private static string ScopeText(CaseScope scope) => string.Create(CultureInfo.InvariantCulture,
        $"{scope.Accounts:#,0} accounts · {People(scope)} people · {scope.Views:#,0} views · ")
        + string.Join(", ", scope.Categories);

    private static string People(CaseScope scope) => scope.PeopleAtMost is not { } most
        ? string.Create(CultureInfo.InvariantCulture, $"at least {scope.PeopleAtLeast:#,0}")
        : most == scope.PeopleAtLeast ? most.ToString("#,0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{scope.PeopleAtLeast:#,0} to {most:#,0}");

    /// <summary>What is established of the leak, and whether the case is closed.</summary>
    public static string StateOf(Case incident, Words words) =>
        words.Say("case.state." + incident.State.ToString().ToLowerInvariant())
        + (incident.IsClosed ? ", " + words.Say("case.closed") : "");

    private static string Details(CaseEvent each) => string.Join(" ",
        each.Evidence.Select(Short).Concat(each.Duties)
            .Concat(each.Kind == CaseEventKind.ScopeIssued ? [] : each.Facts.Select(fact => $"{fact.Key}={fact.Value}"))
            .Append(each.Note ?? "")).Trim();

    private static string Short(string evidence) =>
        evidence.StartsWith(CaseEvent.DigestPrefix, StringComparison.Ordinal) ? evidence[..15] : evidence;

    private static string Moment(EventTime time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time.ToUtc(), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
