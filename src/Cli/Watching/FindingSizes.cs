using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// How many accounts and views a finding has, asked of the committed ledger on a task of its own and no more often than
/// it costs little.
/// </summary>
internal sealed class FindingSizes(TimeProvider clock)
{
    private const int Share = 20;
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(60);

    private Task<List<(string Finding, long Accounts, long Views)>>? _asking;
    private TimeSpan _cost;
    private long? _asked;

    /// <summary>Asks, unless it is being asked or was a short while ago.</summary>
    /// <param name="isUrgent">A finding is new.</param>
    public void Ask(LedgerContents ledger, IReadOnlyCollection<Finding> findings, bool isUrgent)
    {
        var wanted = findings.Where(finding => finding is { Kind: FindingKind.Access, Where.Length: > 0 }).ToList();
        var since = _asked is { } asked ? clock.GetElapsedTime(asked) : TimeSpan.MaxValue;
        var pause = isUrgent ? _cost * Share : TimeSpan.FromTicks(Math.Max(Soonest.Ticks, (_cost * Share).Ticks));
        if (_asking is not null || wanted.Count == 0 || since < pause)
            return;
        _asked = clock.GetTimestamp();
        _asking = Task.Run(() => Count(ledger, wanted));
    }

    /// <summary>The answer, once; null while there is none.</summary>
    public IReadOnlyList<(string Finding, long Accounts, long Views)>? Take()
    {
        if (_asking is not { IsCompleted: true } asking)
            return null;
        _asking = null;
        _cost = clock.GetElapsedTime(_asked!.Value);
        return asking.GetAwaiter().GetResult();
    }

    public void Wait()
    {
        if (_asking is not null)
            Task.WhenAny(_asking).GetAwaiter().GetResult();
    }

    private static List<(string, long, long)> Count(LedgerContents ledger, List<Finding> findings)
    {
        try
        {
            using var engine = ScopeEngine.Open(ledger, new ScopeEngineOptions { Threads = 1 });
            var sums = engine.Summarise([.. findings.Select(finding => Predicate.Parse(finding.Where).OrThrow())]);
            return [.. findings.Select((finding, place) => (finding.Id, sums[place].Accounts, sums[place].Views))];
        }
        catch (Exception fault) when (fault is SegmentMissingException or FileNotFoundException)
        {
            // Retention or compaction took a file away meanwhile: the next commit's ledger is asked.
            return [];
        }
    }
}
