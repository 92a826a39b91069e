using System.Globalization;
using System.Text.RegularExpressions;
using WhoSaw.Records;

namespace WhoSaw.Incidents.Cases;

/// <summary>What an event must be before it is kept for ever.</summary>
public static partial class CaseRules
{
    private const int LongestNote = 500;
    private const int LongestFact = 400;

    /// <summary>What speaks against the event, a sentence each; none when it may be recorded.</summary>
    /// <param name="before">The case without it; null where it opens one.</param>
    public static IReadOnlyList<string> Faults(Case? before, CaseEvent added)
    {
        var faults = new List<string>();
        if (before is null != (added.Kind == CaseEventKind.Opened))
            faults.Add(before is null ? "a case begins with its opening" : $"case {before.Id} is open already");
        if (before?.IsClosed == true)
            faults.Add($"case {before.Id} is closed; open another that names it");
        if (!CaseEventKind.Known.Contains(added.Kind))
            faults.Add($"there is no kind {added.Kind}; there are {string.Join(", ", CaseEventKind.Known)}");
        if (added.At > added.Recorded)
            faults.Add($"{added.Kind} at {added.At} lies in the future");
        if (string.IsNullOrWhiteSpace(added.By))
            faults.Add("say who, with --by");
        if (CaseEventKind.NeedEvidence.Contains(added.Kind) && added.Evidence.Count == 0)
            faults.Add($"{added.Kind} needs --evidence: a finding, a document's digest or a reference");
        if (CaseEventKind.NeedDuties.Contains(added.Kind) && added.Duties.Count == 0)
            faults.Add($"{added.Kind} needs --for: the duties that it serves");
        if (added.Kind == CaseEventKind.DutyExempted && string.IsNullOrWhiteSpace(added.Note))
            faults.Add("say with --note why the duty does not apply");
        faults.AddRange(EvidenceFaults(added));
        faults.AddRange(FactFaults(added));
        faults.AddRange(TextFaults(added));
        if (added.Kind == CaseEventKind.Withdrawn && string.IsNullOrWhiteSpace(added.Note))
            faults.Add("say with --note why the event does not stand");
        if (before is not null)
            faults.AddRange(OrderFaults(before, added).Concat(WithdrawalFaults(before, added)));
        return faults;
    }

    private static IEnumerable<string> EvidenceFaults(CaseEvent added) => added.Evidence
        .Where(each => !Evidence().IsMatch(each))
        .Select(each => $"evidence is finding:ID, sha256:HEX, hold:ID or reference:TEXT, not {each}");

    private static IEnumerable<string> FactFaults(CaseEvent added)
    {
        if (added.Kind == CaseEventKind.FactsStated && added.Facts.Count == 0)
            yield return "name the facts, such as external-access=yes";
        if (added.Kind != CaseEventKind.FactsStated && added.Kind != CaseEventKind.Opened)
            yield break;
        foreach (var (name, value) in added.Facts)
            if (CaseFacts.Fault(name, value) is { } fault)
                yield return fault;
    }

    private static IEnumerable<string> TextFaults(CaseEvent added)
    {
        if (added.Note?.Length > LongestNote)
            yield return string.Create(CultureInfo.InvariantCulture, $"a note takes at most {LongestNote} letters");
        foreach (var (name, value) in added.Facts)
            if (value.Length > LongestFact)
                yield return $"the value of {name} is too long";
        foreach (var text in added.Evidence.Append(added.Note ?? "").Append(added.By).Concat(added.Facts.Values))
            if (!text.StartsWith(CaseEvent.DigestPrefix, StringComparison.Ordinal)
                && PersonalText.Kind(text) is { } kind)
                yield return $"this looks like {kind}, and the journal keeps it for ever: leave it out";
    }

    private static IEnumerable<string> OrderFaults(Case before, CaseEvent added)
    {
        if (added.Number != before.Events.Count + 1 || added.Case != before.Id)
            yield return $"the event is not the next one of case {before.Id}";
        if (added.Drill != before.IsDrill)
            yield return "an exercise and an incident do not mix";
        if (added.Kind == CaseEventKind.NoticeApproved || added.Kind == CaseEventKind.DeliveryReleased)
        {
            var drafted = before.Events.LastOrDefault(
                each => each.Kind == CaseEventKind.NoticeDrafted && each.Sha256 == added.Sha256);
            if (drafted is null)
                yield return "no draft of this text is in the case";
            else if (Same(drafted.By, added.By))
                yield return $"{drafted.By} drafted this notice; somebody else approves it";
            else if (added.Kind == CaseEventKind.DeliveryReleased && !before.Events.Any(
                each => each.Kind == CaseEventKind.NoticeApproved && each.Sha256 == added.Sha256))
                yield return "this notice is not approved";
        }
        if (added.Kind == CaseEventKind.PostingSeen || added.Kind == CaseEventKind.Unposted)
        {
            var posted = before.Standing.LastOrDefault(
                each => each.Kind == CaseEventKind.Posted || each.Kind == CaseEventKind.Unposted);
            if (posted?.Kind != CaseEventKind.Posted)
                yield return "nothing is posted";
        }
    }

    private static IEnumerable<string> WithdrawalFaults(Case before, CaseEvent added)
    {
        if (added.Kind != CaseEventKind.Withdrawn)
            yield break;
        var meant = before.Standing.FirstOrDefault(each => each.Number == added.Withdraws);
        if (meant is null)
            yield return "name with --fact event=N an event of the case that stands; whosaw case log has the numbers";
        else if (CaseEventKind.NeverWithdrawn.Contains(meant.Kind))
            yield return $"{meant.Kind} cannot be withdrawn";
        else if (meant.Kind == CaseEventKind.SignalRaised && before.All(CaseEventKind.SignalRaised).Count() == 1)
            yield return "it is the only sign of the case: record the right one first";
    }

    /// <summary>The same person under another spelling is the same person.</summary>
    private static bool Same(string one, string other) =>
        string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(finding:\S+|sha256:[0-9a-f]{64}|hold:\S+|reference:.{1,200})$")]
    private static partial Regex Evidence();
}
