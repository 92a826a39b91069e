namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// What the numbered pairs of operation and fields come to: the operation's place by name, its categories as a mask,
/// and how many others it shows.
/// </summary>
internal sealed class PairCatalog
{
    public PairCatalog(
        IReadOnlyList<(string Operation, string Fields)> pairs, IReadOnlyDictionary<string, long> othersByName)
    {
        Fields = new FieldCatalog(pairs);
        Names = [.. pairs.Select(pair => pair.Operation).Distinct().Order(StringComparer.Ordinal)];
        var places = Names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        Operation = [.. pairs.Select(pair => places[pair.Operation])];
        Mask = [.. pairs.Select(pair => Fields.MaskOf(pair.Fields))];
        Others = [.. pairs.Select(pair => othersByName.GetValueOrDefault(pair.Operation))];
    }

    public FieldCatalog Fields { get; }

    /// <summary>The operations in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }
    public int[] Operation { get; }
    public long[] Mask { get; }
    public long[] Others { get; }
}
