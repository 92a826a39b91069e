namespace WhoSaw.Records;

/// <summary>Who held a signing key: one row of <c>keys.csv</c>.</summary>
/// <param name="Retired">From then on nothing may be accepted with the key; null when it is in service.</param>
/// <param name="Left">The holder's last day, to its end; null while the holder is with the company.</param>
public sealed record KeyHolding(string Key, EventTime? Created, EventTime? Retired, string Holder, EventTime? Left);

/// <summary>The signing keys and everybody who ever held them.</summary>
public sealed class KeyRegister(IReadOnlyList<KeyHolding> holdings)
{
    public static readonly KeyRegister Empty = new([]);

    public IReadOnlyList<KeyHolding> Holdings { get; } = holdings;

    public IEnumerable<KeyHolding> Of(string key) => Holdings.Where(holding => holding.Key == key);
}
