using Spectre.Console;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>Every access to one account's data, newest first.</summary>
internal sealed record PersonStory(
    string Account, TimeZoneInfo Zone, IReadOnlyList<PersonRow> Rows, IReadOnlyList<GapStory> Gaps);

/// <param name="Actor">Who it was, as far as the log says: a principal, else the client's address.</param>
/// <param name="Finding">The id of the finding that the access belongs to; empty when to none.</param>
internal sealed record PersonRow(
    EventTime Time, string Operation, IReadOnlyList<string> Fields, string Actor, Outcome Outcome, string Finding);

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
            new PageTable.Column(words.Say("column.finding")));
        foreach (var row in person.Rows)
            table.Add(moments.Exact(row.Time), row.Actor, row.Operation, words.Categories(row.Fields),
                words.Say("outcome." + row.Outcome.Name()), row.Finding);
        table.Write(page);
        page.Blank();
    }
}
