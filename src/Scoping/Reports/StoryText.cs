using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// The sentences that the terminal page and the report share, so that both say the same in the same words.
/// </summary>
public static class StoryText
{
    private const string Dot = " · ";

    public static string Name(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        _ => "info",
    };

    /// <summary>THEFT, SUSPICION, SPILL, CUSTODY or CANNOT TELL.</summary>
    public static string LabelKey(Finding finding) => finding.Kind switch
    {
        FindingKind.Access => finding.Severity >= Severity.High ? "label.theft" : "label.suspicion",
        FindingKind.Spill => "label.spill",
        FindingKind.Custody => "label.custody",
        _ => "label.cannot-tell",
    };

    /// <summary>"2,797 accounts · 3,912 people · 10,682 views"</summary>
    public static string Numbers(FindingStory story, Words words) =>
        string.Join(Dot, new[]
        {
            Unnamed(story, words),
            story.Accounts > 0 || Unnamed(story, words) is null
                ? Numbers(story.Accounts, story.People, story.PeopleBounds, story.Views, words)
                : null,
        }.OfType<string>());

    /// <param name="peopleBounds">
    /// Goes before <paramref name="people"/>, who are those of the directory alone; null: nothing limits them.
    /// </param>
    public static string Numbers(
        long accounts, long? people, (long Low, long? High)? peopleBounds, long views, Words words) => string.Join(Dot,
        words.Count("accounts", accounts), People(people, peopleBounds, words), words.Count("views", views));

    private static string? Unnamed(FindingStory story, Words words) =>
        story.UnnamedRows > 0 ? words.Say("unnamed.rows", Words.Number(story.UnnamedRows))
        : story.UnnamedBytes > 0 ? words.Say("unnamed.bytes", Words.Number(story.UnnamedBytes))
        : story is { UnnamedViews: > 0, Accounts: 0 }
            ? words.Say("unnamed.views", Words.Number(story.UnnamedViews))
            : null;

    private static string People(long? people, (long Low, long? High)? bounds, Words words) => bounds switch
    {
        (var least, null) => words.Say("people.at-least", Words.Number(least)),
        (var low, { } high) when low < high => words.Say("people.bounds", Words.Number(low), Words.Number(high)),
        _ => (bounds?.Low ?? people) is { } number ? words.Count("people", number) : words.Say("people.unknown"),
    };

    /// <summary>First, steadily since, last: each with its label.</summary>
    public static IReadOnlyList<string> Times(FindingStory story, Words words, Moments moments)
    {
        var finding = story.Finding;
        var first = words.Say("time.first", moments.Moment(finding.First));
        var last = words.Say("time.last", moments.Moment(finding.Last));
        if (story.Test is not { } test)
            return [first, last];
        var tried = words.Say("time.test", first, words.Count("requests", test.Requests));
        return [tried, words.Say("time.steadily", moments.Moment(test.SteadilySince)), last];
    }

    public static string Alarm(FindingStory story, Words words, Moments moments)
    {
        var (day, clock) = (moments.Day(moments.DayOf(story.Finding.Raised)), moments.Clock(story.Finding.Raised));
        return story.AccountsBeforeAlarm > 0
            ? words.Say("alarm.after", day, clock, words.Count("accounts", story.AccountsBeforeAlarm))
            : words.Say(story.Accounts > 0 ? "alarm" : "alarm.plain", day, clock);
    }

    public static string Canaries(CanaryStory canaries, Words words) => words.Say("canaries",
        Words.Number(canaries.Touched), Words.Number(canaries.Planted), Words.Number(canaries.Estimate),
        Words.Number(canaries.Low), Words.Number(canaries.High));

    /// <summary>"gw2 kept no log on 17 April 06:00–12:00: at this pace about 48 more views, at most 96."</summary>
    public static string Gap(GapStory gap, Words words, Moments moments)
    {
        var stretch = moments.Stretch(gap.From, gap.To);
        if (gap.LikelyViews is { } likely && gap.AtMostViews is { } most)
            return words.Say("gap.views", gap.Stream, stretch, Words.Number(likely), Words.Number(most));
        return gap.AtMostViews is { } bound
            ? words.Say("gap.at-most", gap.Stream, stretch, Words.Number(bound))
            : words.Say("gap", gap.Stream, stretch);
    }

    /// <summary>What stands under the findings, the unknown first. Nothing is said twice.</summary>
    public static IReadOnlyList<Remark> Remarks(ScanStory story, Words words, Moments moments)
    {
        var remarks = new List<Remark>();
        var cannotTell = words.Say("label.cannot-tell");
        foreach (var text in Unknown(story, words, moments))
            remarks.Add(new Remark(RemarkKind.CannotTell, remarks.Count == 0 ? cannotTell : "", text));
        foreach (var other in story.Findings.Where(other => other.Finding.Kind == FindingKind.Custody))
            remarks.Add(new Remark(RemarkKind.Finding, words.Say("label.custody"), Short(other.Finding, words)));
        foreach (var other in story.Findings.Where(other => !other.IsToldInFull && other.IsAboutPeople))
            remarks.Add(new Remark(RemarkKind.Finding, words.Say("label.spill"), Short(other.Finding, words)));
        for (var i = 0; i < story.Notices.Count; i++)
            remarks.Add(new Remark(RemarkKind.Notice, i == 0 ? words.Say("label.notice") : "",
                words.Translate(story.Notices[i])));
        return remarks;
    }

    /// <summary>All that the logs cannot tell, a sentence each.</summary>
    public static IReadOnlyList<string> Unknown(ScanStory story, Words words, Moments moments)
    {
        var said = new List<string>();
        var gaps = story.Findings.SelectMany(finding => finding.Gaps).ToList();
        said.AddRange(gaps.Select(gap => Gap(gap, words, moments)));
        foreach (var gap in story.Gaps)
            if (!gaps.Exists(known => known.Stream == gap.Stream && known.From < gap.To && gap.From < known.To))
                said.Add(Gap(gap, words, moments));
        gaps.AddRange(story.Gaps);
        foreach (var other in story.Findings.Where(other => other.Finding.Kind == FindingKind.Coverage))
            if (!gaps.Exists(gap => Covers(gap, other.Finding)))
                said.Add(Short(other.Finding, words));
        foreach (var finding in story.Findings)
            if (finding.CannotTell is { Length: > 0 } sentence)
                said.Add(words.Say("of-finding", words.Translate(sentence), finding.Finding.Id));
        return [.. said.Distinct()];
    }

    /// <summary>The sentence of a finding that is told in one line, with its id.</summary>
    public static string Short(Finding finding, Words words)
    {
        var text = words.Translate(finding.Why);
        if (finding.Why.Length == 0 || (words.Language != Language.English && text == finding.Why))
            text = words.Title(finding);
        return words.Say("of-finding", text, finding.Id);
    }

    private static bool Covers(GapStory gap, Finding finding) =>
        gap.Stream == finding.ActorValue && gap.From <= finding.Last && finding.First <= gap.To;
}

public enum RemarkKind
{
    CannotTell,
    Finding,
    Notice,
}

/// <summary>A short line under the findings; the label is empty where it is that of the line before.</summary>
public sealed record Remark(RemarkKind Kind, string Label, string Text);
