using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Tries of one outcome on their way into the parts, gathered by one thread: a part's accounts are looked up many at a
/// time.
/// </summary>
internal sealed class TriedAccounts(ExposureParts parts, Outcome outcome)
{
    private const int ManyAtOnce = 1 << 10;
    private readonly long[]?[] _waiting = new long[]?[ExposureParts.Number];
    private readonly int[] _counts = new int[ExposureParts.Number];

    public long Tries { get; private set; }

    /// <param name="subject">Null: the try named nobody.</param>
    public void Add(long? subject)
    {
        Tries++;
        if (subject is not { } account)
            return;
        var part = ExposureParts.PartOf(account);
        var waiting = _waiting[part] ??= new long[ManyAtOnce];
        waiting[_counts[part]++] = account;
        if (_counts[part] == ManyAtOnce)
            HandOn(part);
    }

    public void HandOn()
    {
        for (var part = 0; part < _counts.Length; part++)
            HandOn(part);
    }

    private void HandOn(int part)
    {
        parts.AddTries(part, outcome, _waiting[part].AsSpan(0, _counts[part]));
        _counts[part] = 0;
    }
}
