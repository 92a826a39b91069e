using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// The little that is known: a complaining customer, a day or a moment, an address. All of it together picks the
/// records from which a theft is grown.
/// </summary>
/// <param name="Session">Its fingerprint, as <c>person</c> and a scope show it: 16 hexadecimal digits.</param>
/// <param name="Day">In the zone in which the ledger's times are told.</param>
/// <param name="At">The hour before it and the hour after it count.</param>
internal sealed record GrowthSeed(string? Account, string? Client, string? Session, string? Day, string? At)
{

    /// <summary>The expression; null where something does not read, and the host has said so.</summary>
    public string? Expression(string? where, TimeZoneInfo zone, Host host)
    {
        var terms = new List<string>();
        if (Account is not null)
            terms.Add($"subject = {Quote(Account)}");
        if (Client is not null)
            terms.Add($"client = {Quote(Client)}");
        if (Session is not null)
            terms.Add($"credential = {Quote(Session)}");
        if (Day is not null)
        {
            if (!DateOnly.TryParseExact(Day, "yyyy-MM-dd", out var day))
                return Refuse(host, "--day takes a day such as 2025-04-15");
            terms.Add(Between(Midnight(day, zone), Midnight(day.AddDays(1), zone).Plus(-1)));
        }
        if (At is not null)
        {
            if (!MomentText.TryRead(At, zone, out var at) || at is not { } moment)
                return Refuse(host, "--at takes a time such as 2025-04-15T14:30+09:00");
            terms.Add(Between(moment.Plus(-EventTime.Hour), moment.Plus(EventTime.Hour)));
        }
        if (where is not null)
            terms.Add($"({where})");
        return terms.Count > 0
            ? string.Join(" and ", terms)
            : Refuse(
                host, "--grow needs something to begin with: --seed-account, --seed-client, --seed-session, --day, "
                    + "--at or --where");
    }

    private static string Between(EventTime from, EventTime to) => $"time between '{from}' and '{to}'";

    private static EventTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return EventTime.From(new DateTimeOffset(local, zone.GetUtcOffset(local)));
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string? Refuse(Host host, string sentence)
    {
        host.Fail(ExitStatus.Usage, sentence);
        return null;
    }
}
