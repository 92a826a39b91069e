using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary>Which records an excerpt holds, and the words that picked them.</summary>
internal static class ExportedRecords
{
    /// <summary>Null when something does not exist or does not read; the host has said so.</summary>
    public static (IReadOnlySet<RecordKey> Records, string Words)? Of(
        LedgerContents ledger, ExportWish wish, TimeZoneInfo zone, Host host)
    {
        if (!MomentText.TryRead(wish.From, zone, out var from) || !MomentText.TryRead(wish.To, zone, out var to))
        {
            host.Fail(ExitStatus.Usage, "--from and --to take a time such as 2025-04-12T00:00:00+09:00, or a day");
            return null;
        }
        Predicate? picked = null;
        if (wish.Findings.Count > 0 || wish.Where is not null)
        {
            if (FindingPredicates.Of(ledger, wish.Findings, wish.Where, host) is not { } chosen)
                return null;
            picked = Predicate.Or(chosen.Predicates);
        }
        if (from is { } first)
            picked = And(picked, Predicate.Parse($"time >= '{first}'").OrThrow());
        if (to is { } last)
            picked = And(picked, Predicate.Parse($"time < '{last}'").OrThrow());
        picked ??= Predicate.Everything;
        using var engine = ScopeEngine.Open(ledger);
        var records = engine.Records(picked).Select(record => new RecordKey(
            record.Row.Time, record.Row.Source, record.Row.File, record.Row.Offset, record.Row.Subject)).ToHashSet();
        return (records, picked.ToString());
    }

    private static Predicate And(Predicate? one, Predicate other) =>
        one is null ? other : Predicate.And(one, other);
}
