using Spectre.Console;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// What <c>whosaw scope</c> answers, for the page: who was exposed, to what, and what cannot be told.
/// </summary>
internal sealed record ScopeSummary
{
    /// <summary>Among the scopes of the ledger; null where it was not issued.</summary>
    public int? Number { get; init; }
    public long Accounts { get; init; }
    public long? People { get; init; }
    public (long Low, long? High)? PeopleBounds { get; init; }
    public long Views { get; init; }
    public EventTime? First { get; init; }
    public EventTime? Last { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public IReadOnlyList<OperationCount> Operations { get; init; } = [];
    public CanaryStory? Canaries { get; init; }
    public IReadOnlyList<GapStory> Gaps { get; init; } = [];

    /// <summary>What the gaps may hide, with <see cref="Unnamed"/>; null where there is no gap.</summary>
    public string? CannotTell { get; init; }

    /// <summary>What matched and names nobody, in sentences.</summary>
    public IReadOnlyList<string> Unnamed { get; init; } = [];

    /// <summary>The ids of the findings that it is the scope of.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The predicate, as given; null when it came from findings.</summary>
    public string? Where { get; init; }

    /// <summary>The head of the journal at which it was taken.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>The files that were written, as given.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];
}

internal static class ScopePage
{
    public static void Write(IAnsiConsole console, ScopeSummary scope, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        var moments = new Moments(words, scope.Zone, scope.First, scope.Last);
        page.Blank();
        WriteHeading(page, scope, words, moments);
        page.Rule();
        if (scope.Views == 0 && scope.Unnamed.Count > 0)
            page.Text(string.Join(' ', scope.Unnamed.Select(words.Translate)), Tone.Strong);
        else if (scope.Views == 0)
            page.Text(words.Say("scope.nothing"));
        else
            WriteNumbers(page, scope, words, moments);
        WriteRemarks(page, scope, words, moments);
        page.Blank();
    }

    private static void WriteHeading(PageWriter page, ScopeSummary scope, Words words, Moments moments)
    {
        var of = scope.Findings.Count > 0 ? words.Say("scope.of", string.Join(", ", scope.Findings)) : "";
        var period = scope.First is { } first && scope.Last is { } last
            ? $"{moments.Period(first, last)}, {moments.ZoneName}"
            : "";
        page.Split([new Span(Title(scope, words), Tone.Strong), "  ", CellText.Clean(of)],
            [new Span(period, Tone.Dim)]);
        if (scope.Where is { } where)
            page.Text(words.Say("scope.where", where), Tone.Dim);
    }

    private static string Title(ScopeSummary scope, Words words) => scope.Number is { } number
        ? words.Say("scope.numbered", number)
        : words.Say("scope.title");

    private static void WriteNumbers(PageWriter page, ScopeSummary scope, Words words, Moments moments)
    {
        page.Text(StoryText.Numbers(scope.Accounts, scope.People, scope.PeopleBounds, scope.Views, words), Tone.Strong);
        if (scope.First is { } first && scope.Last is { } last)
            page.Flow([words.Say("time.first", moments.Moment(first)), words.Say("time.last", moments.Moment(last))]);
        if (scope.Operations.Count == 0)
            return;
        page.Blank();
        var table = new PageTable(new(words.Say("column.operation"), Widest: 30),
            new PageTable.Column(words.Say("column.accounts"), IsNumber: true),
            new PageTable.Column(words.Say("column.views"), IsNumber: true),
            new PageTable.Column(words.Say("column.shows"), Widest: 40));
        foreach (var row in scope.Operations)
            table.Add(row.Name, Words.Number(row.Accounts), Words.Number(row.Views), words.Categories(row.Fields));
        table.Write(page);
    }

    private static void WriteRemarks(PageWriter page, ScopeSummary scope, Words words, Moments moments)
    {
        page.Blank();
        var (unknown, check) = (words.Say("label.cannot-tell"), words.Say("label.check"));
        var width = Math.Max(CellText.Width(unknown), CellText.Width(check)) + 3;
        var sentences = scope.Gaps.Select(gap => StoryText.Gap(gap, words, moments)).ToList();
        if (scope.CannotTell is { Length: > 0 } other)
            sentences.Add(words.Translate(other));
        else
            sentences.AddRange(scope.Unnamed.Select(words.Translate));
        for (var i = 0; i < sentences.Count; i++)
            page.Labelled(new Span(i == 0 ? unknown : "", Tone.Warning), width, sentences[i]);
        if (sentences.Count == 0)
            page.Text(words.Say("scope.complete"));
        if (scope.Canaries is { } canaries)
        {
            page.Labelled(new Span(check, Tone.Dim), width, StoryText.Canaries(canaries, words));
            if (!canaries.Agrees)
                page.Labelled("", width, words.Say("canaries.disagree", Words.Number(scope.Accounts)), Tone.Alarm);
        }
        if (scope.Head is { } head)
            page.Text(words.Say("scope.head", Words.Number(head.Size), head.Root), Tone.Dim);
        foreach (var file in scope.Written)
            page.Text(words.Say("scope.written", file), Tone.Dim);
    }
}
