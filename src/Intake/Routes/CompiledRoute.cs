using System.Text;

namespace WhoSaw.Intake.Routes;

/// <summary>A route as matching needs it, and where in the path its subject is.</summary>
internal sealed class CompiledRoute
{
    private readonly int _segment;
    private readonly int _prefix;
    private readonly int _suffix;
    private readonly bool _isTail;

    public CompiledRoute(int index, RouteOptions options, RouteTemplate template)
    {
        Index = index;
        Place = options.Subject.Place;
        QueryName = Encoding.UTF8.GetBytes(options.Subject.Name);
        TicketName = Encoding.UTF8.GetBytes(options.Ticket);
        _segment = template.SubjectIndex;
        if (_segment < 0)
            return;
        var subject = template.Segments[_segment];
        _isTail = subject.Kind == SegmentKind.Tail;
        _prefix = Encoding.UTF8.GetByteCount(subject.Prefix);
        _suffix = Encoding.UTF8.GetByteCount(subject.Suffix);
    }

    public int Index { get; }
    public SubjectPlace Place { get; }
    public byte[] QueryName { get; }

    /// <summary>The query parameter that names a ticket; empty when none does.</summary>
    public byte[] TicketName { get; }

    /// <summary>
    /// The part of a normalised path that this route matches which holds the subject; empty when none does.
    /// </summary>
    public ReadOnlySpan<byte> SubjectIn(ReadOnlySpan<byte> path)
    {
        if (_segment < 0)
            return default;
        for (var skip = _segment; skip >= 0; skip--)
        {
            var slash = path.IndexOf((byte)'/');
            if (slash < 0)
                return default;
            path = path[(slash + 1)..];
        }
        if (_isTail)
            return path;
        var end = path.IndexOf((byte)'/');
        return (end < 0 ? path : path[..end])[_prefix..^_suffix];
    }
}
