using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// All exposures of a scan, in memory, in parts by account, so that threads seldom wait for each other.
/// </summary>
internal sealed class ExposureParts
{
    /// <summary>Rows that a thread gathers for a part before it asks for it.</summary>
    public const int BufferRows = 1024;

    public const int Bits = 6;
    private readonly ExposurePart[] _parts;
    private readonly DayTally[][] _days;
    private readonly long _limit;

    /// <param name="days">How many days there are; a row says which by its index.</param>
    /// <param name="limit">Bytes that the exposures may take.</param>
    public ExposureParts(IReadOnlySet<long> decoys, int days, long limit)
    {
        _limit = limit;
        _days = [.. Enumerable.Range(0, 1 << Bits).Select(_ => new DayTally[days])];
        _parts = [.. _days.Select(tally => new ExposurePart(decoys, tally))];
    }

    public ShownPairs Pairs { get; } = new();
    public IReadOnlyList<ExposurePart> All => _parts;

    public static int PartOf(long subject) => (int)(CellStore.Mix(subject) >> (64 - Bits));

    public void Apply(int part, ReadOnlySpan<ShownRow> rows, int day)
    {
        lock (_parts[part])
            _parts[part].Apply(rows, day);
    }

    public void AddTries(int part, Outcome outcome, ReadOnlySpan<long> subjects)
    {
        var tried = outcome == Outcome.Refused ? _parts[part].Refused : _parts[part].Absent;
        lock (_parts[part])
            foreach (var subject in subjects)
                tried.Add(subject);
    }

    /// <summary>Roughly, while threads are at work.</summary>
    public bool IsTooLarge() => _parts.Sum(part => part.Bytes) > _limit;

    public DayTally Day(int day) => new()
    {
        Accounts = _days.Sum(part => part[day].Accounts),
        NewAccounts = _days.Sum(part => part[day].NewAccounts),
        Views = _days.Sum(part => part[day].Views),
    };
}
