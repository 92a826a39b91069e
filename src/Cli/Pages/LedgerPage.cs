using Spectre.Console;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// What <c>whosaw ledger status</c> says: what lies in the ledger, from which streams, for which time.
/// </summary>
internal sealed record LedgerStatus
{
    public required string Path { get; init; }
    public long Records { get; init; }
    public int Segments { get; init; }

    /// <summary>Bytes of all segments.</summary>
    public long Bytes { get; init; }
    public int Findings { get; init; }
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public EventTime? First { get; init; }
    public EventTime? Last { get; init; }
    public IReadOnlyList<LedgerStream> Streams { get; init; } = [];
}

/// <summary>One stream of a source, summed over its files.</summary>
internal sealed record LedgerStream(
    string Source, string Stream, int Files, long Lines, long Records, long Rejects, EventTime? First, EventTime? Last);

internal static class LedgerPage
{
    public static void Write(IAnsiConsole console, LedgerStatus ledger, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        var moments = new Moments(words, ledger.Zone, ledger.First, ledger.Last);
        page.Blank();
        var period = ledger.First is { } first && ledger.Last is { } last
            ? $"{moments.Period(first, last)}, {moments.ZoneName}"
            : "";
        page.Split([new Span(words.Say("ledger.title"), Tone.Strong), "  ", CellText.Clean(ledger.Path)],
            [new Span(period, Tone.Dim)]);
        page.Rule();
        if (ledger.Records == 0)
            page.Text(words.Say("ledger.empty"));
        page.Text(Numbers(ledger, words), Tone.Strong);
        if (ledger.Streams.Count > 0)
        {
            page.Blank();
            WriteStreams(page, ledger, words, moments);
        }
        page.Blank();
    }

    private static string Numbers(LedgerStatus ledger, Words words)
    {
        var numbers = new List<string>
        {
            words.Count("records", ledger.Records), words.Count("segments", ledger.Segments),
        };
        var bytes = Math.Round(ledger.Bytes / (double)Math.Max(1, ledger.Records), 1);
        if (ledger.Records > 0)
            numbers.Add(words.Say("bytes-a-record", Words.Number(bytes)));
        numbers.Add(words.Count("ledger.findings", ledger.Findings));
        return string.Join(" · ", numbers);
    }

    private static void WriteStreams(PageWriter page, LedgerStatus ledger, Words words, Moments moments)
    {
        var table = new PageTable(new PageTable.Column(words.Say("column.source"), Widest: 14),
            new PageTable.Column(words.Say("column.stream"), Widest: 16),
            new PageTable.Column(words.Say("column.files"), IsNumber: true),
            new PageTable.Column(words.Say("column.lines"), IsNumber: true),
            new PageTable.Column(words.Say("column.records"), IsNumber: true),
            new PageTable.Column(words.Say("column.rejects"), IsNumber: true),
            new PageTable.Column(words.Say("column.first")), new PageTable.Column(words.Say("column.last")));
        foreach (var stream in ledger.Streams)
            table.Add(stream.Source, stream.Stream, Words.Number((long)stream.Files), Words.Number(stream.Lines),
                Words.Number(stream.Records), Words.Number(stream.Rejects), Time(stream.First), Time(stream.Last));
        table.Write(page);

        string Time(EventTime? time) => time is { } known ? moments.Moment(known) : "";
    }
}
