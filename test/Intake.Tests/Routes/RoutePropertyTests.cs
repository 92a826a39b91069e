using System.Text;
using CsCheck;
using WhoSaw.Intake.Routes;
using Xunit;

namespace WhoSaw.Intake.Tests.Routes;

public sealed class RoutePropertyTests
{
    private static readonly Gen<string> Segment = Of("a", "b", "c", "aa", "{x}", "{y}", "*", "a{z}", "{z}b");
    private static readonly Gen<string> Method = Of("GET", "POST", "*");
    private static readonly Gen<string> Path = Of("a", "b", "c", "d", "aa", "ab", "axb", "cb").Array[0, 5]
        .Select(segments => "/" + string.Join('/', segments));

    private static readonly Gen<RouteOptions[]> Routes =
        Gen.Select(Method, Segment.Array[0, 4], Gen.Bool).Array[0, 12].Select(routes =>
        {
            var sound = new List<RouteOptions>();
            foreach (var (method, segments, tail) in routes)
            {
                var route = Some.Route(
                    $"account:{method} /{string.Join('/', tail ? [.. segments, "**"] : segments)}", sound.Count);
                if (RouteTable.Faults([.. sound, route]).Count == 0)
                    sound.Add(route);
            }
            return sound.ToArray();
        });

    [Fact]
    public void The_tree_finds_what_a_plain_search_through_all_routes_finds() =>
        Gen.Select(Routes, Path, Of("GET", "POST", "PUT")).Sample(
            (routes, path, method) =>
                new RouteTable(routes).Only(method, path).Operation == Reference(routes, method, path),
            iter: 20_000);

    [Fact]
    public void Any_bytes_are_a_target()
    {
        var table = Some.Table("GET /a/{subject}", "query:id:GET /a", "GET /{subject*}");
        var scratch = new RouteScratch();
        var bytes = Gen.OneOf(
            Gen.Byte, Gen.OneOf([.. "/%;.?#&=\\,+a2fF".Select(c => Gen.Const((byte)c))])).Array[0, 40];
        bytes.Sample(
            target =>
            {
                var match = table.Match("GET"u8, target, scratch);
                foreach (var subject in match.Subjects(scratch))
                    if (subject.IsEmpty)
                        return false;
                return true;
            },
            iter: 50_000, threads: 1);
    }

    [Fact]
    public void A_path_means_the_same_whichever_letters_are_encoded()
    {
        var table = Some.Table("GET /api/members/{subject}/addresses");
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Bool.Array[60]).Sample(
            (id, encode) =>
            {
                var plain = $"/api/members/{id}/addresses";
                var target = new StringBuilder();
                for (var i = 0; i < plain.Length; i++)
                    if (plain[i] != '/' && encode[i])
                        target.Append('%').Append(Convert.ToHexString([(byte)plain[i]])
                            .Select(c => i % 2 == 0 ? c : char.ToLowerInvariant(c)).ToArray());
                    else
                        target.Append(plain[i]);
                return table.Only("GET", target.ToString()) == (0, $"{id}");
            },
            iter: 5_000);
    }

    private static Gen<string> Of(params string[] texts) => Gen.OneOf([.. texts.Select(Gen.Const)]);

    // All routes that match, the narrowest at the first segment where they differ; then the route that names the
    // method.
    private static int Reference(RouteOptions[] routes, string method, string path)
    {
        var segments = path == "/" ? [] : path[1..].Split('/');
        var best = routes.Select((route, index) => (route, index))
            .Where(entry => entry.route.Method is "*" || entry.route.Method == method)
            .Select(entry => (Ranks: Ranks(entry.route, segments), entry.index, Any: entry.route.Method == "*" ? 1 : 0))
            .Where(entry => entry.Ranks is not null)
            .OrderBy(entry => string.Join(' ', entry.Ranks!), StringComparer.Ordinal).ThenBy(entry => entry.Any)
            .ToList();
        return best.Count == 0 ? -1 : best[0].index;
    }

    private static List<string>? Ranks(RouteOptions route, string[] path)
    {
        var template = route.Template == "/" ? [] : route.Template[1..].Split('/');
        var ranks = new List<string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == "**")
                return [.. ranks, "9"];
            if (i == path.Length || Rank(template[i], path[i]) is not { } rank)
                return null;
            ranks.Add(rank);
        }
        return template.Length == path.Length ? ranks : null;
    }

    private static string? Rank(string template, string segment) => template switch
    {
        "a{z}" => segment.Length > 1 && segment[0] == 'a' ? "1" : null,
        "{z}b" => segment.Length > 1 && segment[^1] == 'b' ? "2" : null,
        "*" or "{x}" or "{y}" => "3",
        _ => template == segment ? "0" : null,
    };
}
