using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Places and releases orders that nothing be removed.</summary>
public static class Holds
{
    /// <summary>
    /// Places a hold; it is effective, also for a removal that is running, when this returns. Gives its id.
    /// </summary>
    /// <param name="from">Null: since ever.</param>
    /// <param name="to">Exclusive; null: for ever.</param>
    /// <param name="source">Null: all sources.</param>
    public static string Place(
        string directory, LedgerOptions options, EventTime? from, EventTime? to, string? source, string reason,
        string by, EventTime now)
    {
        var id = "";
        LedgerJournal.Append(directory, options, FileSystem.Real, journal =>
        {
            id = string.Create(CultureInfo.InvariantCulture, $"H{journal.State.HoldsEver + 1}");
            return [new HoldPlaced(id, from, to, source, reason, by) { Time = now }];
        });
        return id;
    }

    /// <summary>Throws <see cref="LedgerException"/> when there is no such hold.</summary>
    public static void Release(
        string directory, LedgerOptions options, string id, string reason, string by, EventTime now) =>
        LedgerJournal.Append(directory, options, FileSystem.Real, journal =>
        {
            var hold = journal.State.Holds.FirstOrDefault(
                hold => string.Equals(hold.Id, id, StringComparison.OrdinalIgnoreCase))
                ?? throw new LedgerException($"There is no hold {id} to release.");
            return [new HoldReleased(hold.Id, reason, by) { Time = now }];
        });
}
