using NodaTime;
using Spectre.Console;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>How an exercise went: how long each step took from the first sign, the scope against the truth.</summary>
internal static class CaseDrillPage
{
    private static readonly CaseEventKind[] Steps =
    [
        CaseEventKind.Triaged, CaseEventKind.IllegalAccessKnown, CaseEventKind.Contained, CaseEventKind.ScopeIssued,
        CaseEventKind.LeakConfirmed, CaseEventKind.ReportDecided, CaseEventKind.NoticeApproved,
        CaseEventKind.NoticeSent,
    ];

    public static void Write(
        IAnsiConsole console, Case incident, IReadOnlyList<Clock> clocks, long trulyExposed, EventTime now,
        Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        page.Blank();
        CasePage.WriteDrill(page, incident, words);
        page.Rule();
        var sign = incident.Earliest(CaseEventKind.SignalRaised)!;
        foreach (var step in Steps)
        {
            var done = incident.Earliest(step);
            var text = done is null
                ? words.Say("case.drill.not-yet", Length(now - sign.At, language))
                : words.Say("case.drill.after", Length(done.At - sign.At, language), done.By);
            page.Labelled(new Span(step.Name, Tone.Strong), 24, text, done is null ? Tone.Warning : Tone.Good);
        }
        page.Labelled(new Span("scope", Tone.Strong), 24, incident.Scope is { } scope
            ? words.Say("case.drill.scope", Words.Number(scope.Accounts), Words.Number(trulyExposed))
            : words.Say("case.no-scope"));
        foreach (var clock in clocks.Where(clock => clock.Applies.Truth == Truth.Yes
            && clock.State is ClockState.Overdue or ClockState.MetLate or ClockState.Met or ClockState.Running))
            page.Text(ClockText.Sentence(clock, language),
                clock.State is ClockState.Overdue or ClockState.MetLate ? Tone.Alarm : Tone.Plain);
        page.Blank();
    }

    private static string Length(long microseconds, Language language) =>
        ClockText.Length(Duration.FromTicks(microseconds * 10), language);
}
