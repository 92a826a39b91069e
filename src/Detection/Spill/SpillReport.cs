using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Detection.Spill;

/// <summary>What is said of a place; nothing where chance explains it.</summary>
internal sealed class SpillReport(DetectionContext context, string detector)
{
    // So many of a few: more than chance, less than certain.
    private const int LeastLikely = 2;

    public Finding? Of(int source, string place, PlaceSeen seen)
    {
        var told = seen.Kinds.Where(kind => SeverityOf(kind.Key, kind.Value, seen) is not null)
            .OrderByDescending(kind => SeverityOf(kind.Key, kind.Value, seen)).ThenBy(kind => kind.Key).ToList();
        if (told.Count == 0)
            return null;
        var severity = SeverityOf(told[0].Key, told[0].Value, seen)!.Value;
        var id = context.Catalog.Sources[source];
        var names = string.Join(", ", told.Select(kind => NameOf(kind.Key)).Distinct());
        return new Finding
        {
            Kind = FindingKind.Spill,
            Detector = detector,
            Severity = severity,
            Raised = told[0].Value.CertainSince ?? told[0].Value.Last,
            First = told.Min(kind => kind.Value.First),
            Last = told.Max(kind => kind.Value.Last),
            Title = severity >= Severity.High
                ? $"{Capital(names)} lie in clear in the log {id}"
                : $"{Capital(names)} stand in the log {id}",
            Why = $"In {place} of {id}: " + string.Join("; ", told.Select(Sentence)) + ".",
            Evidence = [.. told.Select(EvidenceOf)],
            ActorKind = "place",
            ActorValue = $"{id} {place}",
            Where = "",
            Technique = "T1654",
            Samples =
                [.. seen.Samples.Select(at => new RecordLocation(context.Catalog.Files[at.File].Path, at.Offset))],
        };
    }

    /// <summary>Different ones; those without a checksum count where others of the place are certain.</summary>
    public static long ResidentNumbers(PlaceSeen place) =>
        Right(place, SightingKind.ResidentNumber)
        + (place.Kinds.TryGetValue(SightingKind.LateResidentNumber, out var late) ? late.Structured.Count : 0);

    private static long Right(PlaceSeen place, SightingKind kind) =>
        place.Kinds.TryGetValue(kind, out var seen) ? seen.Checked.Count : 0;

    /// <summary>Null: chance explains it.</summary>
    private static Severity? SeverityOf(SightingKind kind, KindSeen seen, PlaceSeen place)
    {
        if (kind is SightingKind.Phone or SightingKind.Email)
            return Severity.Low;
        if (seen.CertainSince is not null)
            return Severity.High;
        if (kind == SightingKind.LateResidentNumber
            && place.Kinds.TryGetValue(SightingKind.ResidentNumber, out var older) && older.CertainSince is not null)
            return Severity.High;
        var (right, all) = (seen.Checked.Count, seen.Structured.Count);
        return right >= LeastLikely && right * 2 > all ? Severity.Low : null;
    }

    private static string Sentence(KeyValuePair<SightingKind, KindSeen> kind)
    {
        var (seen, about) = (kind.Value, kind.Value.Checked.IsExact ? "" : "about ");
        var number = Number(seen.Structured.Count);
        var times = seen.Times == 1 ? "once" : Counted.Of(seen.Times, "time");
        return Chance.OfChecksum(kind.Key) is not { } chance
            ? $"{about}{number} different {NameOf(kind.Key, seen.Structured.Count)}, {times}"
            : $"{about}{Number(seen.Checked.Count)} of {number} different numbers have the checksum of "
                + $"{NameOf(kind.Key)}, by chance {Number((long)Math.Round(seen.Structured.Count * chance))} would";
    }

    private static Evidence EvidenceOf(KeyValuePair<SightingKind, KindSeen> kind) =>
        Chance.OfChecksum(kind.Key) is not { } chance
            ? new Evidence("different " + NameOf(kind.Key), Number(kind.Value.Structured.Count), "")
            : new Evidence(
                $"different {NameOf(kind.Key)}", $"{Number(kind.Value.Checked.Count)} with the right checksum, of "
                    + Number(kind.Value.Structured.Count),
                $"by chance {Number((long)Math.Round(kind.Value.Structured.Count * chance))}");

    private static string NameOf(SightingKind kind, long count = 2) => kind switch
    {
        SightingKind.ResidentNumber or SightingKind.LateResidentNumber => "resident number",
        SightingKind.Card => "card number",
        SightingKind.Phone => "phone number",
        _ => "e-mail address",
    } + (count == 1 ? "" : kind == SightingKind.Email ? "es" : "s");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
