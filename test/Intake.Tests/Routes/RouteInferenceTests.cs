using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WhoSaw.Intake.Routes;
using Xunit;

namespace WhoSaw.Intake.Tests.Routes;

public sealed class RouteInferenceTests
{
    [Fact]
    public void Ids_become_parameters_and_the_words_before_them_say_whose()
    {
        var inference = new RouteInference();
        for (var i = 0; i < 60; i++)
        {
            Add(inference, $"GET /api/members/{1000000 + i * 7}");
            Add(inference, $"GET /api/members/{1000000 + i * 7}/addresses");
            Add(inference, $"GET /internal/deliveries/{1000000 + i * 5}");
            Add(inference, $"GET /api/orders/{20250411_0000L + i}");
            Add(inference, "GET /api/orders?page=1");
            Add(inference, $"GET /products/{i * 31}");
            Add(inference, $"GET /search?q=x&memberId={i}");
            Add(inference, $"POST /api/members/{1000000 + i * 7}");
            Add(inference, "GET /static/app.css");
            Add(inference, $"GET /users/{i}", 404);
        }
        Assert.Equal(
            [
                "60 GET /api/members/{subject} path name,email 60",
                "60 GET /api/members/{subject}/addresses path name,phone,address 60",
                "60 GET /api/orders account order-history 0",
                "60 GET /api/orders/{order} account order-history 0",
                "60 GET /internal/deliveries/{subject} path name,phone,address 60",
                "60 GET /search query:memberId name,email 0",
            ],
            inference.Infer().Where(route => route.LooksPersonal).Select(Shown).Order(StringComparer.Ordinal));
        var others = inference.Infer().Where(route => !route.LooksPersonal).Select(route => route.Route.Route);
        Assert.Equal(["GET /products/{subject}", "POST /api/members/{subject}"], others);
        Assert.Empty(RouteTable.Faults([.. inference.Infer().Select(route => route.Route)]));
    }

    [Fact]
    public void A_public_site_shows_nobody()
    {
        var inference = new RouteInference();
        foreach (var path in (string[])
            ["/", "/blog/2015/04/users-of-things", "/~jordan/users/7", "/projects/members/12", "/contact",
                "/people", "/images/users/3",
                "/presentations/2013/slides", "/users/register", "/articles/profile", "/Blog/x", "/blog/X"])
            Add(inference, "GET " + path);
        Assert.All(inference.Infer(), route => Assert.False(route.LooksPersonal));
        Assert.Empty(RouteTable.Faults([.. inference.Infer().Select(route => route.Route)]));
    }

    [Fact]
    public void Many_rare_names_are_a_parameter_and_a_frequent_one_among_them_is_not()
    {
        var inference = new RouteInference();
        for (var i = 0; i < 80; i++)
        {
            Add(inference, $"GET /customers/name-{(char)('a' + i / 26)}{(char)('a' + i % 26)}");
            Add(inference, "GET /customers/recent");
        }
        Assert.Equal(["/customers/recent", "/customers/{subject}"],
            inference.Infer().Select(route => route.Route.Template).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1000007", true)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", true)]
    [InlineData("a1b2c3d4", true)]
    [InlineData("kim@example.com", true)]
    [InlineData("ORD-20250411-0001", true)]
    [InlineData("addresses", false)]
    [InlineData("v2", false)]
    [InlineData("facade", false)]
    [InlineData("2015-logstash-talk", false)]
    public void An_id_is_known_by_its_looks(string segment, bool isId) => Assert.Equal(isId, IdText.IsId(segment));

    [Theory]
    [InlineData("apache-2015.log")]
    [InlineData("probes.log")]
    public void Real_public_sites_show_nobody(string name)
    {
        var path = SharedFolder.Find("real", name);
        Assert.SkipUnless(path is not null, SharedFolder.Missing);
        var inference = new RouteInference();
        foreach (var line in File.ReadLines(path, Encoding.Latin1))
            if (line.Split('"') is [_, var request, var after, ..]
                && request.Split(' ') is [var method, var target, ..])
                inference.Add(Encoding.Latin1.GetBytes(method), Encoding.Latin1.GetBytes(target),
                    int.Parse(after.Split(' ')[1], null));
        var routes = inference.Infer();
        Assert.NotEmpty(routes);
        Assert.Empty(routes.Where(route => route.LooksPersonal).Select(Shown));
        Assert.Empty(RouteTable.Faults([.. routes.Select(route => route.Route)]));
    }

    [Fact]
    public void The_routes_of_a_replay_are_found_again()
    {
        var folder = SharedFolder.Find("replays", "quiet", "logs", "gateway");
        Assert.SkipUnless(folder is not null, SharedFolder.Missing);
        var inference = new RouteInference();
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                inference.Add(Encoding.UTF8.GetBytes(root.GetProperty("method").GetString()!),
                    Encoding.UTF8.GetBytes(root.GetProperty("uri").GetString()!), root.GetProperty("status")
                        .GetInt32());
            }
        }
        var personal = inference.Infer().Where(route => route.LooksPersonal)
            .Select(route => route.Route.Route).ToList();
        Assert.Equal(
            [
                "GET /admin/members/{subject}", "GET /api/members/{subject}", "GET /api/members/{subject}/addresses",
                "GET /api/members/{subject}/addresses/{address}/edit", "GET /api/orders",
                "GET /internal/deliveries/{subject}",
            ],
            personal.Order(StringComparer.Ordinal));
    }

    private static string Shown(InferredRoute route) =>
        $"{route.Requests} {route.Route.Route} {route.Route.Subject} {route.Route.ToOperation().Fields} "
        + $"{route.DistinctValues}";

    private static void Add(RouteInference inference, string request, int status = 200)
    {
        var (method, target) = RouteOptions.Split(request);
        inference.Add(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(target), status);
    }
}
