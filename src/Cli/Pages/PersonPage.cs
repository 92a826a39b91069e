using Spectre.Console;
using WhoSaw.Incidents.Cases;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>Every access to one account's data, newest first.</summary>
/// <param name="Cases">All of the ledger; those without an access here are not told.</param>
internal sealed record PersonStory(
    string Account, TimeZoneInfo Zone, IReadOnlyList<PersonRow> Rows, IReadOnlyList<Case> Cases,
    IReadOnlyList<GapStory> Gaps);

/// <param name="Actor">Who it was, as far as the log says: a principal, else the client's address.</param>
/// <param name="Findings">The ids of the findings that the access belongs to.</param>
/// <param name="Cases">The ids of the cases that it belongs to.</param>
internal sealed record PersonRow(
    EventTime Time, string Operation, IReadOnlyList<string> Fields, string Actor, Outcome Outcome,
    IReadOnlyList<string> Findings, IReadOnlyList<string> Cases);

internal static class PersonPage
{
    public static void Write(IAnsiConsole console, PersonStory person, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        EventTime? first = person.Rows.Count > 0 ? person.Rows[^1].Time : null;
        EventTime? last = person.Rows.Count > 0 ? person.Rows[0].Time : null;
        var moments = new Moments(words, person.Zone, first, last);
        page.Blank();
        page.Line(new Span(words.Say("person.title", CellText.Clean(person.Account)), Tone.Strong));
        page.Rule();
        if (first is null)
        {
            page.Text(words.Say("person.nobody"));
        }
        else
        {
            page.Text(words.Say("person.summary", words.Count("accesses.count", person.Rows.Count),
                moments.Moment(first.Value), moments.Moment(last!.Value)) + ", " + moments.ZoneName);
            page.Blank();
            WriteRows(page, person, words, moments);
            WriteCases(page, person, words);
        }
        foreach (var gap in person.Gaps)
            page.Labelled(new Span(words.Say("label.cannot-tell"), Tone.Warning),
                CellText.Width(words.Say("label.cannot-tell")) + 3, StoryText.Gap(gap, words, moments));
        page.Blank();
    }

    private static void WriteRows(PageWriter page, PersonStory person, Words words, Moments moments)
    {
        var table = new PageTable(new PageTable.Column(words.Say("column.time")),
            new PageTable.Column(words.Say("column.actor"), Widest: 24),
            new PageTable.Column(words.Say("column.operation"), Widest: 16),
            new PageTable.Column(words.Say("column.shows"), Widest: 22),
            new PageTable.Column(words.Say("column.outcome")),
            new PageTable.Column(words.Say("person.column.in"), Widest: 12));
        foreach (var row in person.Rows)
            table.Add(moments.Exact(row.Time), row.Actor, row.Operation, words.Categories(row.Fields),
                words.Say("outcome." + row.Outcome.Name()), string.Join(", ", row.Cases.Concat(row.Findings)));
        table.Write(page);
        page.Blank();
    }

    private static void WriteCases(PageWriter page, PersonStory person, Words words)
    {
        var told = person.Cases
            .Select(each => (Case: each, Accesses: person.Rows.Count(row => row.Cases.Contains(each.Id))))
            .Where(each => each.Accesses > 0).ToList();
        foreach (var (incident, accesses) in told)
            page.Text(words.Say("person.case", incident.Id, CasePage.StateOf(incident, words),
                words.Count("accesses.count", accesses)), Tone.Strong);
        if (told.Count > 0)
            page.Blank();
    }
}
