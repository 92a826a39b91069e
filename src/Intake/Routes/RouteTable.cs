namespace WhoSaw.Intake.Routes;

/// <summary>
/// Says what a request shows, by a tree of path segments: a request costs the same with a hundred routes as with five.
/// A literal goes before a parameter; a parameter before the rest of a path. Immutable; threads share it, each with its
/// own scratch.
/// </summary>
public sealed class RouteTable
{
    /// <summary>Path segments of requests that log in, when they are posted to.</summary>
    public static readonly IReadOnlyList<string> UsualLogins =
    [
        "login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "log-on", "authenticate", "token",
    ];

    private readonly RouteNode _root;
    private readonly SegmentTable _logins;

    /// <summary>
    /// Takes routes without faults: see <see cref="Faults"/>. Throws for a template that cannot be read.
    /// </summary>
    public RouteTable(IReadOnlyList<RouteOptions> routes, IReadOnlyList<string>? logins = null)
    {
        var compiled = routes.Select((options, index) =>
        {
            var template = RouteTemplate.Parse(options.Template, out var fault)
                ?? throw new ArgumentException(fault, nameof(routes));
            return (template, options.Method.ToUpperInvariant(), new CompiledRoute(index, options, template));
        });
        Count = routes.Count;
        _root = new RouteNode([.. compiled], 0);
        _logins = SegmentTable.Of(logins ?? UsualLogins);
    }

    /// <summary>How many routes there are.</summary>
    public int Count { get; }

    /// <summary>
    /// The operation that a request is. Any bytes are a target; however a path is written, it matches as a server would
    /// read it. Allocates nothing but for targets longer than any before.
    /// </summary>
    public RouteMatch Match(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, RouteScratch scratch)
    {
        var path = RequestPath.Of(target, scratch, out var query);
        var verb = MethodRoutes.VerbOf(method);
        var route = _root.Find(path, verb);
        var isLogin = verb == MethodRoutes.Post && IsLogin(path);
        if (route is null && RequestPath.Reread(path, scratch) is { IsEmpty: false } reread)
        {
            path = reread;
            route = _root.Find(path, verb);
        }
        if (route is null)
            return new RouteMatch(null, default, isLogin);
        var place = route.Place switch
        {
            SubjectPlace.Path => route.SubjectIn(path),
            SubjectPlace.Query => query,
            _ => default,
        };
        return new RouteMatch(route, place, isLogin, query);
    }

    /// <summary>What is wrong with routes, each and together; empty when a table can be made of them.</summary>
    public static IReadOnlyList<RouteFault> Faults(IReadOnlyList<RouteOptions> routes) => RouteFault.Of(routes);

    private bool IsLogin(ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty)
        {
            path = path[1..];
            var end = path.IndexOf((byte)'/');
            var segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[end..];
            var dot = segment.IndexOf((byte)'.');
            if (_logins.Find(dot > 0 ? segment[..dot] : segment) >= 0)
                return true;
        }
        return false;
    }
}
