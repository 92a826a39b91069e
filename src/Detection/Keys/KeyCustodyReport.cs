using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Keys;

/// <summary>Says in words what is wrong with a key.</summary>
internal sealed class KeyCustodyReport(DetectionContext context, string detector)
{
    public Finding Ended(KeyUse use)
    {
        var (end, holder) = use.Ends!;
        // A retirement counts from the start of its day, a leaving from the end of the last one.
        var date = Date(holder is null ? end : end.Plus(-1));
        var because = holder is null ? $"it was retired on {date}" : $"{holder}, who held it, left on {date}";
        return Of(use, use.AfterEnd, Severity.High,
            holder is null
                ? $"Key {use.Key} is still accepted although it was retired"
                : $"Key {use.Key} is still accepted although a holder has left",
            $"Key {use.Key} is accepted in live traffic although {because}.");
    }

    /// <param name="share">Of all sessions: where most are signed with it, the register is what is wrong.</param>
    public Finding Unknown(KeyUse use, double share) => Of(
        use, use.All, share < 0.5 ? Severity.Medium : Severity.Low,
        $"Key {use.Key} is accepted and not in the register of keys",
        $"Passes signed with key {use.Key} are accepted ({Percent(share)} of new sessions), and the register of keys "
            + "does not say who holds it.");

    public Finding NotYet(KeyUse use) => Of(
        use, use.BeforeCreated, Severity.Medium,
        $"Key {use.Key} was accepted before it was made",
        $"Passes signed with key {use.Key} were accepted before {Date(use.Created!.Value)}, when the register says "
            + "that it was made.");

    public Finding Grown(KeyUse use, KeyHabits.Grown growth)
    {
        var day = EventTime.FromMinute(growth.Day * 1440L);
        return Of(use, use.All, Severity.Low,
            $"Key {use.Key} signs far more sessions than it used to",
            $"{Words.Of(growth.Sessions, growth.All, "new sessions")} of {Date(day)} were signed with key {use.Key}; "
                + $"on the days before it signed {Percent(growth.Before)}.")
            with
        { Raised = day.Plus(EventTime.Day) };
    }

    public Finding NewStream(KeyUse use, KeyHabits.Stream stream)
    {
        var name = context.Catalog.Streams[stream.Number].Name;
        return Of(use, use.All, Severity.Low,
            $"Key {use.Key} is accepted by a stream that is not its own",
            $"{Words.Of(stream.Sessions, stream.All, "new sessions")} in {name} were signed with key {use.Key}; in the "
                + $"other streams {Percent(stream.Elsewhere)} are.")
            with
        { Raised = use.All.Last, Where = $"key = {Literals.Text(use.Key)} and stream = {Literals.Text(name)}" };
    }

    private Finding Of(KeyUse use, KeyUse.Stretch stretch, Severity severity, string title, string why) => new()
    {
        Kind = FindingKind.Custody,
        Detector = detector,
        Severity = severity,
        Raised = stretch.First,
        First = stretch.First,
        Last = stretch.Last,
        Title = title,
        Why = why,
        ActorKind = "key",
        ActorValue = use.Key,
        Where = "key = " + Literals.Text(use.Key),
        Technique = "T1552.004",
        Samples = [stretch.Sample!],
    };

    private string Date(EventTime time) =>
        TimeZoneInfo.ConvertTime(time.ToUtc(), context.Zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);
}
