using System.Globalization;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The data categories of a ledger, one bit each, and the operations' lists of them: so that what an exposure showed is
/// a bit mask, also where an operation was configured differently over the years.
/// </summary>
internal sealed class FieldCatalog
{
    private readonly List<string> _categories = [];
    private readonly Dictionary<string, List<(string Fields, long Mask)>> _lists = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes the pairs in any order; throws <see cref="NotSupportedException"/> beyond 62 categories.
    /// </summary>
    public FieldCatalog(IEnumerable<(string Operation, string Fields)> pairs)
    {
        var sorted = pairs.OrderBy(pair => pair.Operation, StringComparer.Ordinal)
            .ThenBy(pair => pair.Fields, StringComparer.Ordinal).ToList();
        _categories.AddRange(sorted.SelectMany(pair => pair.Fields.Split(',')).Where(name => name.Length > 0)
            .Distinct().Order(StringComparer.Ordinal));
        if (_categories.Count > 62)
            throw new NotSupportedException($"{_categories.Count} data categories in one ledger; a scope takes 62");
        foreach (var (operation, fields) in sorted)
        {
            if (!_lists.TryGetValue(operation, out var lists))
                _lists[operation] = lists = [];
            lists.Add((fields, MaskOf(fields)));
        }
    }

    public IReadOnlyList<string> Categories => _categories;

    public long MaskOf(string fields) =>
        fields.Split(',').Where(name => name.Length > 0).Aggregate(0L, (mask, name) => mask | BitOf(name));

    public long BitOf(string category) => 1L << _categories.BinarySearch(category, StringComparer.Ordinal);

    public IReadOnlyList<string> NamesOf(long mask) => [.. _categories.Where(name => (mask & BitOf(name)) != 0)];

    /// <summary>As many columns as <see cref="Categories"/>: in how many rows the mask has each.</summary>
    public string CountSql(string mask) => string.Join(", ", _categories.Select(name => string.Create(
        CultureInfo.InvariantCulture, $"count(*) FILTER (WHERE {mask} & {BitOf(name)} <> 0)")));

    /// <summary>
    /// The list as the operation was configured; where an exposure met several, their union in the order of the lists.
    /// </summary>
    public string TextOf(string operation, long mask)
    {
        var lists = _lists[operation];
        foreach (var (fields, known) in lists)
            if (known == mask)
                return fields;
        var names = lists.Where(list => (list.Mask & ~mask) == 0).SelectMany(list => list.Fields.Split(',')).Distinct();
        return string.Join(',', names);
    }
}
