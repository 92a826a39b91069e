using System.Text;

namespace WhoSaw.Intake.Routes;

/// <summary>The routes of one place in the tree, by method.</summary>
internal sealed class MethodRoutes
{
    private static readonly ulong Get = VerbOf("GET"u8);
    private static readonly ulong Head = VerbOf("HEAD"u8);
    private static readonly ulong Options = VerbOf("OPTIONS"u8);
    private static readonly ulong Trace = VerbOf("TRACE"u8);
    public static readonly ulong Post = VerbOf("POST"u8);

    private readonly (ulong Verb, CompiledRoute Route)[] _named;
    private readonly CompiledRoute? _any;

    public MethodRoutes(IEnumerable<(RouteTemplate Template, string Method, CompiledRoute Route)> routes)
    {
        var named = new List<(ulong Verb, CompiledRoute Route)>();
        foreach (var (_, method, route) in routes)
            if (method == RouteOptions.AnyMethod)
                _any ??= route;
            else
                named.Add((VerbOf(Encoding.UTF8.GetBytes(method)), route));
        _named = [.. named.OrderBy(entry => entry.Verb == Get ? 0 : 1)];
    }

    /// <summary>
    /// The route of a method, before the one of any method. A line that says no method can be each of them. The answers
    /// to HEAD, OPTIONS and TRACE show nobody's data: they match only a route that names them.
    /// </summary>
    public CompiledRoute? Find(ulong verb)
    {
        foreach (var (known, route) in _named)
            if (known == verb || verb == 0)
                return route;
        return verb == Head || verb == Options || verb == Trace ? null : _any;
    }

    /// <summary>A method as a number, capitals and small letters alike; 0 when the line says none.</summary>
    public static ulong VerbOf(ReadOnlySpan<byte> method)
    {
        if (method.Length == 3 && method.SequenceEqual("GET"u8))
            return 0x474554;
        if (method.IsEmpty || method is [(byte)'-'])
            return 0;
        ulong verb = 0;
        foreach (var character in method)
            verb = (verb << 8 | verb >> 56) ^ (ulong)(character & 0xDF);
        return verb;
    }
}
