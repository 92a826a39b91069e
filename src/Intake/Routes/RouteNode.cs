using System.Text;

namespace WhoSaw.Intake.Routes;

/// <summary>A place in the tree of path segments. Children are tried from the narrowest to the widest.</summary>
internal sealed class RouteNode
{
    private readonly SegmentTable _literals;
    private readonly RouteNode[] _literalNodes;
    private readonly (byte[] Prefix, byte[] Suffix, RouteNode Node)[] _parameters;
    private readonly MethodRoutes _here;
    private readonly MethodRoutes _tails;

    /// <param name="depth">How many segments lead here; all the routes share those.</param>
    public RouteNode(IReadOnlyList<(RouteTemplate Template, string Method, CompiledRoute Route)> routes, int depth)
    {
        _here = new MethodRoutes(routes.Where(route => route.Template.Segments.Count == depth));
        var longer = routes.Where(route => route.Template.Segments.Count > depth)
            .GroupBy(route => route.Template.Segments[depth].Shape, StringComparer.Ordinal)
            .Select(group => (group.First().Template.Segments[depth], Routes: group.ToList())).ToList();
        _tails = new MethodRoutes(
            longer.Where(child => child.Item1.Kind == SegmentKind.Tail).SelectMany(child => child.Routes));
        var literals = longer.Where(child => child.Item1.Kind == SegmentKind.Literal).ToList();
        _literals = new SegmentTable(
            [.. literals.Select((child, i) => (Encoding.UTF8.GetBytes(child.Item1.Prefix), i))]);
        _literalNodes = [.. literals.Select(child => new RouteNode(child.Routes, depth + 1))];
        _parameters =
        [
            .. longer.Where(child => child.Item1.Kind == SegmentKind.Parameter)
                .OrderByDescending(child => child.Item1.Prefix.Length + child.Item1.Suffix.Length)
                .ThenByDescending(child => child.Item1.Prefix.Length)
                .ThenBy(child => child.Item1.Shape, StringComparer.Ordinal)
                .Select(child => (Encoding.UTF8.GetBytes(child.Item1.Prefix),
                    Encoding.UTF8.GetBytes(child.Item1.Suffix), new RouteNode(child.Routes, depth + 1))),
        ];
    }

    /// <summary>
    /// The route for the rest of a path, which is empty or begins with a slash. Visits a node at most once.
    /// </summary>
    public CompiledRoute? Find(ReadOnlySpan<byte> rest, ulong verb)
    {
        if (rest.IsEmpty)
            return _here.Find(verb) ?? _tails.Find(verb);
        var after = rest[1..];
        var end = after.IndexOf((byte)'/');
        var segment = end < 0 ? after : after[..end];
        after = end < 0 ? default : after[end..];
        var literal = _literals.Find(segment);
        if (literal >= 0 && _literalNodes[literal].Find(after, verb) is { } found)
            return found;
        foreach (var (prefix, suffix, node) in _parameters)
            if (Fits(segment, prefix, suffix) && node.Find(after, verb) is { } matched)
                return matched;
        return _tails.Find(verb);
    }

    private static bool Fits(ReadOnlySpan<byte> segment, byte[] prefix, byte[] suffix)
    {
        if (segment.Length <= prefix.Length + suffix.Length)
            return false;
        return (prefix.Length == 0 || SegmentTable.SameText(prefix, segment[..prefix.Length]))
            && (suffix.Length == 0 || SegmentTable.SameText(suffix, segment[^suffix.Length..]));
    }
}
