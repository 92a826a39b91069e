using WhoSaw.Intake.Routes;
using Xunit;

namespace WhoSaw.Intake.Tests.Routes;

public sealed class RouteFaultTests
{
    [Fact]
    public void Sound_routes_have_no_faults() =>
        Assert.Empty(RouteTable.Faults(Some.Routes(
            "GET /a/{subject}", "POST /a/{subject}", "/a/{subject}", "account:GET /a/me", "GET /a/{subject}/{b*}",
            "GET /{subject*}")));

    [Theory]
    [InlineData("GET /a/{subject}/x/{b}", "GET /a/{subject}/x/{other}")]
    [InlineData("GET /a/{subject}", "get /A/{subject}/")]
    [InlineData("GET /{b}/a/{subject*}", "account:GET /*/a/**")]
    [InlineData("account:/caf%C3%A9", "account:* /café")]
    public void Routes_that_take_the_same_requests_shadow_each_other(string first, string second)
    {
        var fault = Assert.Single(RouteTable.Faults(Some.Routes(first, second)));
        Assert.Equal((1, 0, RoutePart.Route), (fault.Route, fault.Other, fault.Part));
        Assert.Contains("'route-0' takes the same requests", fault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET a/{subject}")]
    [InlineData("GET /a")]
    [InlineData("account:GET /a/{subject}")]
    [InlineData("GET /a/{subject}?x=1")]
    [InlineData("GET /a//{subject}")]
    [InlineData("GET /a/../{subject}")]
    [InlineData("GET /{subject}/{subject}")]
    [InlineData("GET /{subject*}/a")]
    [InlineData("GET /{subject")]
    [InlineData("GET /{sub ject}")]
    [InlineData("GET /{a}{subject}")]
    [InlineData("GET /x{subject*}")]
    [InlineData("GET /a;b/{subject}")]
    [InlineData("G3T /{subject}")]
    [InlineData("")]
    public void A_route_that_cannot_be_understood_is_a_fault(string route) =>
        Assert.Single(RouteTable.Faults(Some.Routes(route)));

    [Fact]
    public void A_name_is_given_once_and_login_is_taken()
    {
        var routes = Some.Routes("GET /a/{subject}", "GET /b/{subject}", "GET /c/{subject}");
        routes[1] = routes[1] with { Name = "route-0" };
        routes[2] = routes[2] with { Name = "login" };
        Assert.Equal([(1, 0), (2, -1)], RouteTable.Faults(routes).Select(fault => (fault.Route, fault.Other)));
    }
}
