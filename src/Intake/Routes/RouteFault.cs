using WhoSaw.Records;

namespace WhoSaw.Intake.Routes;

/// <summary>What a fault of a route is about, so that a reader can point at it.</summary>
public enum RoutePart : byte
{
    Route,
    Name,
    Subject,
    Others,
}

/// <summary>Something that is wrong with a route.</summary>
/// <param name="Route">Index into the options.</param>
/// <param name="Other">Index of the earlier route that it is at odds with; -1 where there is none.</param>
public sealed record RouteFault(int Route, int Other, RoutePart Part, string Sentence)
{
    internal static IReadOnlyList<RouteFault> Of(IReadOnlyList<RouteOptions> routes)
    {
        var faults = new List<RouteFault>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            if (route.Name.Length > 0 && !names.TryAdd(route.Name, i))
                faults.Add(new(i, names[route.Name], RoutePart.Name,
                    $"the name '{route.Name}' is taken by another route"));
            if (route.Name == Operation.LoginName)
                faults.Add(new(i, -1, RoutePart.Name, "the name 'login' is kept for logins"));
            if (!IsMethod(route.Method))
                faults.Add(new(i, -1, RoutePart.Route, $"'{route.Method}' is no HTTP method: write '*' for any"));
            if (route.Others < 0)
                faults.Add(new(i, -1, RoutePart.Others, "'others' is a number of people, 0 or more"));
            if (RouteTemplate.Parse(route.Template, out var fault) is not { } template)
            {
                faults.Add(new(i, -1, RoutePart.Route, fault));
                continue;
            }
            if (SubjectFault(route, template) is { } subject)
                faults.Add(subject with { Route = i });
            var shape = route.Method.ToUpperInvariant() + " " + template.Shape;
            if (!shapes.TryAdd(shape, i))
                faults.Add(new(i, shapes[shape], RoutePart.Route,
                    $"the route can never match: '{routes[shapes[shape]].Name}' takes the same requests"));
        }
        return faults;
    }

    private static RouteFault? SubjectFault(RouteOptions route, RouteTemplate template)
    {
        var named = template.SubjectIndex >= 0;
        var inPath = route.Subject.Place == SubjectPlace.Path;
        if (named == inPath)
            return null;
        return inPath
            ? new RouteFault(0, -1, RoutePart.Route,
                "the route does not say whose data it shows: name a segment {subject}, "
                + "or say subject: account or subject: 'query:NAME'")
            : new RouteFault(0, -1, RoutePart.Subject,
                $"the route names a segment {{subject}} and also says subject: {route.Subject}");
    }

    private static bool IsMethod(string method) =>
        method == RouteOptions.AnyMethod
        || (method.Length is > 0 and <= 32 && method.All(c => char.IsAsciiLetter(c) || c == '-'));
}
