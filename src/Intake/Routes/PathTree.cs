namespace WhoSaw.Intake.Routes;

/// <summary>The paths of a sample by segment; segments with many different values become parameters.</summary>
internal sealed class PathTree
{
    private const int ManyValues = 50;
    private readonly SortedDictionary<string, PathTree> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, long> _methods = new(StringComparer.Ordinal);
    private PathTree? _parameter;
    private long _requests;

    public void Add(ReadOnlySpan<string> segments, string method, long requests)
    {
        _requests += requests;
        if (segments.IsEmpty)
        {
            _methods[method] = _methods.GetValueOrDefault(method) + requests;
            return;
        }
        if (!_children.TryGetValue(segments[0], out var child))
            _children.Add(segments[0], child = new PathTree());
        child.Add(segments[1..], method, requests);
    }

    /// <summary>
    /// Makes parameters of the segments that look like ids, and of the rest where it is many and each is rare.
    /// </summary>
    public void Fold()
    {
        var others = _children.Where(child => !IdText.IsId(child.Key)).ToList();
        var usual = others
            .Where(child => child.Value._requests * 50 > _requests).Select(child => child.Key).ToHashSet();
        var areMany = others.Count - usual.Count >= ManyValues;
        foreach (var (segment, child) in _children.ToList())
        {
            if (!IdText.IsId(segment) && (!areMany || usual.Contains(segment)))
                continue;
            _children.Remove(segment);
            (_parameter ??= new PathTree()).Merge(child);
        }
        foreach (var child in _children.Values)
            child.Fold();
        _parameter?.Fold();
    }

    /// <summary>The templates in order, a null segment for a parameter, with the requests of each method.</summary>
    public IEnumerable<(IReadOnlyList<string?> Segments, string Method, long Requests)> Templates() => Templates([]);

    private IEnumerable<(IReadOnlyList<string?>, string, long)> Templates(List<string?> above)
    {
        foreach (var (method, requests) in _methods)
            yield return (above, method, requests);
        foreach (var (segment, child) in _children)
            foreach (var template in child.Templates([.. above, segment]))
                yield return template;
        if (_parameter is null)
            yield break;
        foreach (var template in _parameter.Templates([.. above, null]))
            yield return template;
    }

    private void Merge(PathTree other)
    {
        _requests += other._requests;
        foreach (var (method, requests) in other._methods)
            _methods[method] = _methods.GetValueOrDefault(method) + requests;
        foreach (var (segment, child) in other._children)
            if (_children.TryGetValue(segment, out var known))
                known.Merge(child);
            else
                _children.Add(segment, child);
    }
}
