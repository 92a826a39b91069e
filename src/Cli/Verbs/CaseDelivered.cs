using System.Globalization;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary>What a case has on record of a delivery, by the digest of its text.</summary>
internal static class CaseDelivered
{
    /// <summary>How many were told of this text, by the last that the journal has of it.</summary>
    public static long ToldBefore(Case incident, string digest) => incident.All(CaseEventKind.DeliveryReported)
        .Where(each => each.Sha256 == digest).Select(each => Told(each.Facts)).DefaultIfEmpty(0).Max();

    /// <summary>A number that never falls: a message that comes back was sent all the same.</summary>
    public static long Told(IReadOnlyDictionary<string, string> facts) =>
        ((string[])["told.mail", "told.text", "bounced"]).Sum(name =>
            long.Parse(facts.GetValueOrDefault(name, "0"), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>
    /// The posting for those whom no letter reaches: any, or for a further notice one since its approval.
    /// </summary>
    public static CaseEvent? PostingOf(CaseNotice notice, string digest) => notice.Case.All(CaseEventKind.Posted)
        .FirstOrDefault(each => notice.Draft.Version == 1 || notice.Case.All(CaseEventKind.NoticeApproved)
            .Any(approved => approved.Sha256 == digest && approved.At <= each.At));

    /// <summary>When it was first reported that nobody was open; null before.</summary>
    public static EventTime? CompleteAt(Case incident, string digest) => incident.All(CaseEventKind.DeliveryReported)
        .FirstOrDefault(each => each.Sha256 == digest && each.Facts.GetValueOrDefault("open") == "0")?.At;

    public static EventTime Later(EventTime one, EventTime other) => one > other ? one : other;

    public static SortedDictionary<string, string> FactsOf(DeliveryReport report)
    {
        (string, int)[] counts =
        [
            ("people", report.Recipients), ("told.mail", report.ToldByMail), ("told.text", report.ToldByText),
            ("for-posting", report.ForPosting), ("open", report.Open), ("doubt", report.Doubt),
            ("refused", report.Refused), ("bounced", report.Bounced), ("holders", report.Holders),
            ("address-book", report.AddressBook),
        ];
        return new SortedDictionary<string, string>(counts.ToDictionary(
            each => each.Item1, each => each.Item2.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal);
    }
}
