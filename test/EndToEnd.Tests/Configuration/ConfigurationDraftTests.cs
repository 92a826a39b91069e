using System.Text;
using WhoSaw.Cli;
using WhoSaw.Intake.Routes;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Configuration;

public sealed class ConfigurationDraftTests
{
    private static readonly DraftSource Web = new("access", ["/var/log/nginx/a b's.log", "logs/*.log"], "json",
        new Dictionary<string, string> { ["time"] = "@timestamp", ["target"] = "request.uri" });

    [Fact]
    public void A_draft_loads_as_it_was_meant()
    {
        var text = Draft(
            ["GET /api/members/7", "GET /api/members/8/orders", "GET /mypage", "GET /products/1", "GET /"]);
        var (configuration, faults) = ConfigurationFile.Parse(text, "w.yaml", "/srv", checkFiles: false);
        Assert.Empty(faults.Select(fault => fault.ToString()));
        Assert.Equal(Web.Paths, configuration!.Sources.Select(source => source.Path));
        Assert.Equal("@timestamp", configuration.Sources[0].Fields["time"]);
        Assert.Equal(["GET /api/members/{subject}", "GET /api/members/{subject}/orders", "GET /mypage"],
            configuration.Routes.Select(route => route.Route).Order(StringComparer.Ordinal));
        Assert.Contains("# 1 request, 1 different subject: an id follows 'members'", text, StringComparison.Ordinal);
        Assert.Contains("  # - {route: 'GET /products/{subject}'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_as_a_comment_can_be_uncommented()
    {
        var text = Draft(["GET /api/members/7", "GET /products/1", "POST /login", "GET /blog/it's/7"]);
        var all = text.Replace("  # - {", "  - {", StringComparison.Ordinal);
        var (configuration, faults) = ConfigurationFile.Parse(all, "w.yaml", "/srv", checkFiles: false);
        Assert.Empty(faults.Select(fault => fault.ToString()));
        Assert.Equal(3, configuration!.Routes.Count);
    }

    [Fact]
    public void A_site_without_personal_data_still_gives_a_draft_that_loads()
    {
        var (configuration, faults) = ConfigurationFile.Parse(Draft(["GET /", "GET /blog/x"]), "w.yaml", "/srv", false);
        Assert.Empty(faults.Select(fault => fault.ToString()));
        Assert.Empty(configuration!.Routes);
    }

    private static string Draft(string[] requests)
    {
        var inference = new RouteInference();
        foreach (var request in requests)
        {
            var (method, target) = RouteOptions.Split(request);
            inference.Add(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(target), 200);
        }
        var output = new StringWriter { NewLine = "\n" };
        ConfigurationDraft.Write(output, [Web], inference.Infer());
        return output.ToString();
    }
}
