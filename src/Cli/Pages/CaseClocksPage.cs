using Spectre.Console;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>What is due, the most urgent first; what is not known as large as what is.</summary>
internal static class CaseClocksPage
{
    private const int LabelWidth = 11;
    private static readonly ClockState[] Quiet =
        [ClockState.Met, ClockState.Ended, ClockState.Exempted, ClockState.NotApplying, ClockState.NotStarted];

    public static void Write(
        IAnsiConsole console, Case incident, IReadOnlyList<Clock> clocks, EventTime now, string ledger, bool all,
        Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        page.Blank();
        var zone = NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(DisplayZone.Read(ledger).Id)
            ?? NodaTime.DateTimeZone.Utc;
        page.Split([new Span(words.Say("case.clocks", incident.Id), Tone.Strong), "  ",
                words.Say("case.state." + incident.State.ToString().ToLowerInvariant())],
            [new Span($"{ClockText.Moment(InstantOf(now), zone, language)}, {zone.Id}", Tone.Dim)]);
        CasePage.WriteDrill(page, incident, words);
        page.Rule();
        var shown = clocks.Where(clock => all || clock.UnseenDays.Count > 0 || (!Quiet.Contains(clock.State)
            && (clock.Applies.Truth == Truth.Yes || clock.ByFirstSign is not null))).ToList();
        foreach (var clock in shown.Where(clock => all || clock.Applies.Truth == Truth.Yes))
            WriteClock(page, clock, words, language);
        WriteOpen(page, [.. shown.Where(clock => !all && clock.Applies.Truth == Truth.Unknown)], words, language);
        WriteQuestions(page, incident, shown, ledger, words);
        foreach (var law in shown.DistinctBy(clock => clock.Duty.Jurisdiction)
            .Where(each => each.Duty.NotVerified.Count > 0))
            page.Labelled(new Span(law.Duty.Jurisdiction, Tone.Dim), LabelWidth,
                words.Say("case.law-unverified", string.Join(" ", law.Duty.NotVerified)), Tone.Dim);
        if (!all && clocks.Count > shown.Count)
            page.Text(words.Count("case.more", clocks.Count - shown.Count), Tone.Dim);
        page.Blank();
    }

    private static void WriteClock(PageWriter page, Clock clock, Words words, Language language)
    {
        var (label, tone) = LabelOf(clock, words);
        page.Labelled(new Span(label, tone), LabelWidth, ClockText.Sentence(clock, language), Tone.Strong);
        page.Labelled("", LabelWidth, $"{words.Say("case.to", clock.Duty.To.In(language))} · {clock.Rule.Clause} · "
            + $"{clock.Duty.Id}");
        if (clock.ByLaw is { } law && clock.Rule.Deadline.Kind != DeadlineKind.AtOnce)
            page.Labelled("", LabelWidth, From(clock, law, "case.from", words, language));
        if (clock.ByFirstSign is { } sign && sign.Start != clock.ByLaw?.Start
            && !(clock.ByLaw is { } other && (other.Due.At - sign.Due.At).TotalMinutes < 1)
            && clock.Rule.Deadline.Kind != DeadlineKind.AtOnce)
            page.Labelled("", LabelWidth, From(clock, sign, "case.from-sign", words, language));
        if (clock.Applies.Because.Count > 0)
            page.Labelled("", LabelWidth,
                words.Say("case.because", string.Join(" · ", clock.Applies.Because)), Tone.Dim);
        if (clock.MissingContents.Count > 0 && clock.Met is null)
            page.Labelled("", LabelWidth, words.Say("case.missing-contents",
                string.Join(", ", clock.MissingContents)), Tone.Warning);
        if (clock.UnseenDays.Count > 0)
            page.Labelled("", LabelWidth, words.Say("case.unseen-days", string.Join(", ",
                clock.UnseenDays.Select(NodaTime.Text.LocalDatePattern.Iso.Format))), Tone.Warning);
        if (clock.Applies.Truth == Truth.Unknown)
            page.Labelled("", LabelWidth,
                words.Say("case.needs", string.Join(", ", clock.Applies.Missing)), Tone.Warning);
        if (clock.Rule.Remark is { } remark)
            page.Labelled("", LabelWidth, remark.In(language), Tone.Dim);
        if (clock.Rule.Unverified.Count > 0)
            page.Labelled("", LabelWidth, words.Say("case.unverified", clock.Rule.Grade,
                string.Join(" ", clock.Rule.Unverified)), Tone.Dim);
        else if (clock.Rule.Grade != "P")
            page.Labelled("", LabelWidth, words.Say("case.grade", clock.Rule.Grade), Tone.Dim);
        page.Blank();
    }

    /// <summary>A duty whose conditions are open is one line each: forty of them must not bury what is due.</summary>
    private static void WriteOpen(PageWriter page, IReadOnlyList<Clock> open, Words words, Language language)
    {
        if (open.Count == 0)
            return;
        page.Text(words.Say("case.open"), Tone.Strong);
        foreach (var clock in open)
            page.Labelled(new Span(clock.Duty.Jurisdiction, Tone.Warning), LabelWidth,
                $"{ClockText.Sentence(clock, language)} ({clock.Duty.Id}) "
                + words.Say("case.needs", string.Join(", ", clock.Applies.Missing)));
        page.Blank();
    }

    private static void WriteQuestions(
        PageWriter page, Case incident, IReadOnlyList<Clock> shown, string ledger, Words words)
    {
        var missing = shown.SelectMany(clock => clock.Applies.Missing).Distinct().ToList();
        if (missing.Count == 0)
            return;
        if (missing.Remove("scope"))
            page.Line("", new Span($"whosaw case scope {incident.Id} --ledger {ledger}", Tone.Command));
        if (missing.Count > 0)
            page.Text(words.Say("case.ask", string.Join("; ",
                missing.Take(6).Select(name => $"{name} ({words.Translate(CaseFacts.Question(name))})"))));
        if (missing.Count > 0)
            page.Line("", new Span(
                $"whosaw case event {incident.Id} facts-stated --ledger {ledger} --fact {missing[0]}=…", Tone.Command));
    }

    private static (string, Tone) LabelOf(Clock clock, Words words) =>
        (words.Say("case.clock." + clock.State.ToString().ToLowerInvariant()), clock.State switch
        {
            ClockState.Overdue or ClockState.MetLate => Tone.Alarm,
            ClockState.Running => Tone.Warning,
            ClockState.Met => Tone.Good,
            _ => Tone.Dim,
        });

    private static string From(Clock clock, ClockReading reading, string key, Words words, Language language) =>
        words.Say(key, reading.Start.Kind.Name,
            ClockText.Moment(InstantOf(reading.Start.At), clock.Duty.Zone, language), reading.Start.By,
            ClockText.Due(reading.Due, clock.Duty.Zone, language));

    private static NodaTime.Instant InstantOf(EventTime time) =>
        NodaTime.Instant.FromDateTimeOffset(time.ToUtc());
}
