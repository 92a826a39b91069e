using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One access to a person's data: when, by what, and whom the logs name.</summary>
/// <param name="Who">The account of the session, or the principal; null when the logs name neither.</param>
/// <param name="Own">The session says to be the person's own.</param>
/// <param name="Credential">16 hexadecimal digits; null when there was none.</param>
public sealed record PersonAccess(
    EventTime Time, string? Operation, Outcome Outcome, string Fields, string? Who, bool Own, string? Credential,
    string? Client, string? Agent, string? Key, string File, long Offset);

/// <summary>Who saw one account's data.</summary>
public static class PersonHistory
{
    /// <summary>The accesses to the data of that account; nothing for an id that no log can hold.</summary>
    public static Predicate Of(string account) =>
        Predicate.Parse($"subject = {Printer.Quote(account)}").Predicate ?? Predicate.Nothing;

    /// <summary>
    /// Every access to the data of the account with this id (as the logs write it), whatever became of it, the newest
    /// first; nothing for an id that was never seen. Streamed: ask the engine nothing else meanwhile.
    /// </summary>
    public static IEnumerable<PersonAccess> History(
        this ScopeEngine engine, string account, int limit = int.MaxValue) =>
        engine.Records(Of(account), limit, newestFirst: true).Select(record => new PersonAccess(
            record.Row.Time, record.Row.Operation, record.Row.Outcome, record.Row.Fields,
            record.Row.Principal ?? record.Account, record.Account is not null && record.Account == record.Subject,
            record.Row.Credential?.ToString("x16", CultureInfo.InvariantCulture), record.Row.Client, record.Row.Agent,
            record.Row.Key, record.Row.File, record.Row.Offset));
}
