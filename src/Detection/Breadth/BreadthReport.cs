using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>Says in words how many people a reader saw, and how many are ordinary.</summary>
internal static class BreadthReport
{
    /// <param name="excesses">Of one reader; the first is told, the others stand beside it.</param>
    public static Finding Of(
        DetectionContext context, string detector, IReadOnlyList<BreadthDetector.Excess> excesses)
    {
        var (told, reader) = (excesses[0], excesses[0].Reader);
        var text = reader.Kind == ReaderKind.Credential
            ? reader.Id.ToString("x16", CultureInfo.InvariantCulture)
            : context.Catalog.Symbols.Text(new Symbol((int)reader.Id))!;
        var (first, last) = (told.Windows.Min(w => w.First), told.Windows.Max(window => window.Last));
        var limit = Words.Number(Math.Floor(told.Threshold));
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            Severity = reader.Kind is ReaderKind.Credential or ReaderKind.Principal ? Severity.High : Severity.Low,
            Raised = excesses.Min(excess => excess.Windows.Min(window => window.CrossedAt(excess.Threshold))),
            First = first,
            Last = last,
            Title = TitleOf(reader.Kind, text),
            Why = $"Up to {Most(told)} different people {told.Span.In()}, {On(told)}; more than {limit} is "
                + "out of the ordinary here.",
            Evidence =
            [
                .. excesses.Select(excess => new Evidence(
                    "different people " + excess.Span.In(), "up to " + Most(excess),
                    (reader.Kind == ReaderKind.System ? "expected " : "median ")
                        + $"{excess.Median.ToString("0.#", CultureInfo.InvariantCulture)}, threshold "
                        + Words.Number(Math.Floor(excess.Threshold)))),
                .. NetworksOf(told),
            ],
            ActorKind = reader.Column,
            ActorValue = text,
            Where = WhereOf(context.Catalog, told, text, first, last),
            Technique = reader.Kind == ReaderKind.Principal ? "T1078" : "T1213",
            Samples = [.. told.Windows.Select(window => window.Sample!.Locations[0]).Take(5)],
        };
    }

    /// <summary>Many sessions at once have one cause, and are one finding; others answer for themselves.</summary>
    public static IReadOnlyList<Finding> Joined(ReaderKind kind, IReadOnlyList<Finding> findings)
    {
        if (kind != ReaderKind.Credential || findings.Count < 3)
            return findings;
        var lead = findings.MinBy(finding => (finding.Raised, finding.ActorValue))!;
        return
        [
            lead with
            {
                First = findings.Min(finding => finding.First),
                Last = findings.Max(finding => finding.Last),
                Title = $"{Words.Number(findings.Count)} sessions read many other people's data",
                Why = "The first of them: " + lead.Why,
                Evidence = [.. lead.Evidence, new Evidence("sessions", Words.Number(findings.Count), "")],
                Where = Literals.In("credential", findings.Select(finding => finding.ActorValue))
                    + " and someone-else",
                Samples = [.. findings.SelectMany(finding => finding.Samples).Take(5)],
            },
        ];
    }

    private static IEnumerable<Evidence> NetworksOf(BreadthDetector.Excess told)
    {
        if (told.Reader.Kind == ReaderKind.System)
            yield return new Evidence(
                "networks that others were read from", Words.Number(told.Networks.Count),
                told.HasMoreNetworks ? "and more that are not remembered" : "");
    }

    private static string Most(BreadthDetector.Excess excess) => Words.Number(excess.Windows.Max(w => w.Count));

    private static string On(BreadthDetector.Excess excess) => excess.Span switch
    {
        CountingSpan.Hour => "in " + Counted.Of(excess.Windows.Count, "hour"),
        CountingSpan.Day => "on " + Counted.Of(excess.Windows.Count, "day"),
        _ => Counted.Of(excess.Windows.Count, "time"),
    };

    private static string TitleOf(ReaderKind kind, string text) => kind switch
    {
        ReaderKind.Credential => "One session reads many other people's data",
        ReaderKind.Principal => $"{text} reads far more people than its role does",
        ReaderKind.Anonymous => "One address reads many people's data",
        ReaderKind.Client => "From one address many other people's data is read",
        ReaderKind.Network => "From one network many other people's data is read",
        ReaderKind.System => "From one autonomous system many other people's data is read",
        ReaderKind.Agent => "With one kind of software many other people's data is read",
        _ => "Under one key many other people's data is read",
    };

    private static string WhereOf(
        Catalog catalog, BreadthDetector.Excess told, string text, EventTime first, EventTime last)
    {
        var (reader, literal) = (told.Reader, $"{told.Reader.Column} = {Literals.Text(text)}");
        var time = $" and time between '{first}' and '{last}'";
        return reader.Kind switch
        {
            ReaderKind.Credential => literal + " and someone-else",
            ReaderKind.Principal =>
                literal + " and operation = " + Literals.Text(catalog.Operations[reader.Role].Name) + time,
            ReaderKind.Anonymous => literal + time,
            // The evidence has no column for systems: those of their networks that were seen stand for them.
            ReaderKind.System =>
                Literals.In("network", told.Networks.Select(network => catalog.Symbols.Text(network)!))
                    + " and someone-else" + time,
            _ => literal + " and someone-else" + time,
        };
    }
}
