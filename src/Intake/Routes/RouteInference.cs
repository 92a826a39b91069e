using System.Text;

namespace WhoSaw.Intake.Routes;

/// <summary>
/// Guesses the routes of a site from a sample of its requests, and which of them show personal data. Careful: what
/// could as well be a public page is not taken for one. The same requests give the same routes, in whatever order they
/// came.
/// </summary>
public sealed class RouteInference
{
    private const int MostPaths = 200_000;
    private readonly RouteScratch _scratch = new();
    private readonly Dictionary<(string Method, string Path), long> _requests = [];
    private readonly Dictionary<(string Path, string Name), long> _queries = [];

    /// <summary>Requests that were left aside because the sample was too varied.</summary>
    public long Left { get; private set; }

    /// <summary>
    /// Takes a request; those that were not answered with content and those for static files tell nothing.
    /// </summary>
    public void Add(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, int status)
    {
        if (status is not (0 or (>= 200 and <= 299) or 304))
            return;
        var verb = method.IsEmpty ? RouteOptions.AnyMethod : Encoding.UTF8.GetString(method).ToUpperInvariant();
        if (verb is "HEAD" or "OPTIONS" or "TRACE" || !verb.All(c => char.IsAsciiLetter(c) || c is '*' or '-'))
            return;
        var path = Encoding.UTF8.GetString(RequestPath.Of(target, _scratch, out var query));
        if (path.Length == 0 || path.Length > 1000 || IdText.IsStaticFile(path) || !IsPrintable(path))
            return;
        var key = (verb, path);
        if (_requests.TryGetValue(key, out var count) || _requests.Count < MostPaths)
            _requests[key] = count + 1;
        else
            Left++;
        foreach (var name in QueryNames(query))
            _queries[(path, name)] = _queries.GetValueOrDefault((path, name)) + 1;
    }

    /// <summary>The routes: personal ones first, then by requests.</summary>
    public IReadOnlyList<InferredRoute> Infer()
    {
        var tree = new PathTree();
        foreach (var ((method, path), requests) in
            _requests.OrderBy(request => request.Key.Path, StringComparer.Ordinal))
            tree.Add(path[1..].Split('/'), method, requests);
        tree.Fold();
        var guesses = new RouteGuesses();
        foreach (var (segments, method, requests) in tree.Templates())
            guesses.Add(segments, method, requests);
        var routes = guesses.Routes;
        var values = ValuesOf(routes.Select(guess => guess.Route).ToList(), out var queries);
        guesses.Settle(values, queries);
        return [.. guesses.Routes
            .Select((guess, i) => guess.Route.Subject.Place == SubjectPlace.Path
                ? guess with { DistinctValues = values[i].Count }
                : guess)
            .OrderByDescending(guess => guess.LooksPersonal).ThenByDescending(guess => guess.Requests)
            .ThenBy(guess => guess.Route.Route, StringComparer.Ordinal)];
    }

    // The different values of each route's subject, and the personal parameters of its queries, by the table itself.
    private List<HashSet<string>> ValuesOf(List<RouteOptions> routes, out Dictionary<int, string> queries)
    {
        var table = new RouteTable(routes);
        var values = routes.Select(_ => new HashSet<string>(StringComparer.Ordinal)).ToList();
        queries = [];
        foreach (var ((method, path), _) in _requests)
        {
            var match = table.Match(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(path), _scratch);
            foreach (var subject in match.Subjects(_scratch))
                values[match.Operation].Add(Encoding.UTF8.GetString(subject));
        }
        foreach (var ((path, name), _) in
            _queries.OrderBy(query => query.Value).ThenBy(query => query.Key.Name, StringComparer.Ordinal))
        {
            var match = table.Match("GET"u8, Encoding.UTF8.GetBytes(path), _scratch);
            if (match.Operation >= 0)
                queries[match.Operation] = name;
        }
        return values;
    }

    private static bool IsPrintable(string path) =>
        path.All(c => c > ' ' && !char.IsControl(c) && !"{}*;?#\\%'\"\uFFFD".Contains(c, StringComparison.Ordinal));

    private static List<string> QueryNames(ReadOnlySpan<byte> query)
    {
        var names = new List<string>();
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf((byte)'=');
            if (equals is < 2 or > 20 || equals == pair.Length - 1)
                continue;
            var name = Encoding.UTF8.GetString(pair[..equals]);
            if (PersonalWords.IsQueryName(name))
                names.Add(name);
        }
        return names;
    }
}
