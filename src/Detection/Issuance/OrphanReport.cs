using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// Says which actors have more sessions without an issuer record than the losses of the issuer's log make, or, without
/// such a log, more that never logged in.
/// </summary>
internal sealed class OrphanReport(
    DetectionContext context, UnissuedCredentialOptions options, ActorShares orphans)
{
    /// <summary>Null when nobody is beyond chance, or another finding names them already.</summary>
    public Finding? Theft(string detector, Causes causes)
    {
        var beyond = orphans.Beyond(
            Math.Log(options.FalseAlarms), options.LeastOrphans, options.LeastLoss, out var rate);
        var found = ActorShares.Widest([.. beyond.Where(
            actor => actor.Purity >= 0.5 && (context.HasIssuer || actor.Kind != ActorKind.Agent))]);
        if (found.Count == 0 || orphans.OddTrials > options.MostOrphans * orphans.Trials
            || found.Count(actor => causes.Name(actor.Odd.Sample)) * 2 > found.Count)
            return null;
        var kind = found[0].Kind.ToString().ToLowerInvariant();
        var values = found.Select(actor => context.Catalog.Symbols.Text(actor.Value)!).ToList();
        var (odd, trials) = (found.Sum(actor => actor.Odd.Count), found.Sum(actor => actor.Trials));
        var elsewhere = Words.Share(orphans.OddTrials - odd, orphans.Trials - trials);
        var what = context.HasIssuer ? "no issuer record" : "no log-in before personal data";
        var chance = found.Min(actor => actor.LogChance) / Math.Log(10);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            // Software and networks differ in how a session begins: without a log of its own this is a hint.
            Severity = context.HasIssuer ? Severity.High : Severity.Low,
            Raised = found.Min(actor => actor.Raised(Math.Log(options.FalseAlarms), rate, orphans.Actors)),
            First = found.Min(actor => actor.Odd.Sample.First),
            Last = found.Max(actor => actor.Odd.Sample.Last),
            Title = context.HasIssuer
                ? "Customers' data is read with passes that nobody seems to have issued"
                : "Customers' data is read by sessions that never seem to have logged in",
            Why = $"{Words.Of(odd, trials, "sessions")} have {what}, elsewhere {elsewhere}. "
                + string.Create(CultureInfo.InvariantCulture, $"Chance makes one such {kind} in 10^{-chance:0} runs. ")
                + (context.HasIssuer
                    ? "The issuer's log loses records, so no single one is a fact."
                    : "There is no issuer's log: that they were issued is only derived from log-ins, "
                        + "which is weaker."),
            Evidence =
            [
                new Evidence(what, Words.Of(odd, trials, "sessions"), elsewhere),
                new Evidence(kind, Words.Number(found.Count), "of " + Words.Number(orphans.Actors) + " looked at"),
            ],
            ActorKind = kind,
            ActorValue = values[0],
            Where = Literals.In(kind, values)
                + (context.HasIssuer ? " and unissued"
                    : found.All(actor => actor.Purity > 0.9) ? "" : " and first-page"),
            Technique = "T1606",
            Samples = [.. found.SelectMany(actor => actor.Odd.Sample.Locations).Take(5)],
        };
    }

    /// <summary>A stretch in which the issuer's log is silent: who was given a pass there cannot be told.</summary>
    /// <param name="perhapsLate">Sessions in the days before the gaps whose late records may be among the lost.</param>
    public static Finding Gap(string detector, EventTime from, EventTime to, long sessions, long perhapsLate) => new()
    {
        Kind = FindingKind.Coverage,
        Detector = detector,
        Severity = Severity.Low,
        Raised = to,
        First = from,
        Last = to,
        Title = "The issuer's log is silent: its passes cannot be told from forged ones",
        Why = $"From {from} to {to} the issuer's log holds no record; {Words.Number(sessions)} sessions that began "
            + "then have none, and cannot be judged."
            + (perhapsLate == 0 ? "" : $" {Counted.Of(perhapsLate, "session")} of the day before such a silence have "
                + "none either: records come late here, and theirs may have been lost in it."),
        ActorKind = "",
        ActorValue = "",
        Where = "",
    };
}
