using System.Text;
using WhoSaw.Intake.Routes;
using Xunit;

namespace WhoSaw.Intake.Tests.Routes;

public sealed class RouteTableTests
{
    private static readonly RouteTable Shop = Some.Table(
        "GET /api/members/{subject}", "GET /api/members/{subject}/addresses",
        "GET /api/members/{subject}/addresses/{address}/edit", "account:GET /api/orders", "query:memberId:GET /search",
        "* /admin/members/{subject}", "GET /export/{subject}.json", "query:ids:GET /api/batch", "GET /files/{subject*}",
        "account:GET /api/members/me");

    [Theory]
    [InlineData("/api/members/7", 0, "7")]
    [InlineData("/api/members/7/addresses", 1, "7")]
    [InlineData("/api/members/7/addresses/12/edit", 2, "7")]
    [InlineData("/api/members/7/addresses/12", -1, "")]
    [InlineData("/api/members", -1, "")]
    [InlineData("/api/orders?page=2", 3, "")]
    [InlineData("/search?q=a&memberId=kim%40example.com", 4, "kim@example.com")]
    [InlineData("/search?q=a", 4, "")]
    [InlineData("/search?memberId=kim+lee", 4, "kim lee")]
    [InlineData("/export/7.json", 6, "7")]
    [InlineData("/export/.json", -1, "")]
    [InlineData("/export/7.xml", -1, "")]
    [InlineData("/files/a/b", 8, "a/b")]
    [InlineData("/api/members/me", 9, "")]
    [InlineData("/products/7", -1, "")]
    [InlineData("/", -1, "")]
    [InlineData("", -1, "")]
    [InlineData("*", -1, "")]
    public void A_request_is_the_operation_of_its_template(string target, int operation, string subject) =>
        Assert.Equal((operation, subject), Shop.Only("GET", target));

    [Theory]
    [InlineData("http://shop.example.com:8080/api/members/7")]
    [InlineData("HTTPS://shop.example.com/api/members/7?x=1")]
    [InlineData("//api//members///7")]
    [InlineData("/./api/./members/7/.")]
    [InlineData("/x/../api/members/8/../7")]
    [InlineData("/../../api/members/7")]
    [InlineData("/%61pi/m%65mbers/%37")]
    [InlineData("/api/%2e%2E/api/members/7")]
    [InlineData("/x/..;a=b/api;v=1/members;x/7;jsessionid=1;y=z")]
    [InlineData("/api/members/7/")]
    [InlineData("/api/members/7#top")]
    [InlineData("/api/members/7/?a=b#c")]
    [InlineData("/API/Members/7")]
    [InlineData("/api\\members\\7")]
    [InlineData("api/members/7")]
    [InlineData("/api%2Fmembers%2f7")]
    [InlineData("/%2561pi/members/7")]
    public void A_route_cannot_be_evaded_by_writing_the_path_otherwise(string target) =>
        Assert.Equal((0, "7"), Shop.Only("GET", target));

    [Theory]
    [InlineData("/api/members/a%2fb", "a/b")]
    [InlineData("/api/members/a%252fb", "a%2fb")]
    [InlineData("/api/members/%EA%B9%80", "김")]
    [InlineData("/api/members/100%", "100%")]
    [InlineData("/api/members/a+b", "a+b")]
    [InlineData("/api/members/%zz", "%zz")]
    public void An_encoded_subject_is_given_in_clear(string target, string subject) =>
        Assert.Equal((0, subject), Shop.Only("GET", target));

    [Theory]
    [InlineData("HEAD", "/api/members/7", -1)]
    [InlineData("POST", "/api/members/7", -1)]
    [InlineData("get", "/api/members/7", 0)]
    [InlineData("", "/api/members/7", 0)]
    [InlineData("-", "/api/members/7", 0)]
    [InlineData("PROPFIND", "/admin/members/7", 5)]
    [InlineData("POST", "/admin/members/7", 5)]
    [InlineData("HEAD", "/admin/members/7", -1)]
    [InlineData("OPTIONS", "/admin/members/7", -1)]
    public void The_method_decides_and_an_answer_without_a_body_shows_nothing(
        string method, string target, int operation) =>
        Assert.Equal(operation, Shop.Only(method, target).Operation);

    [Fact]
    public void A_literal_goes_before_a_parameter_unless_only_the_parameter_leads_on()
    {
        var table = Some.Table("account:GET /a/me", "GET /a/{subject}/b", "GET /{subject}/me/c", "POST /a/{subject}");
        Assert.Equal((0, ""), table.Only("GET", "/a/me"));
        Assert.Equal((1, "me"), table.Only("GET", "/a/me/b"));
        Assert.Equal((2, "a"), table.Only("GET", "/a/me/c"));
        Assert.Equal((3, "me"), table.Only("POST", "/a/me"));
    }

    [Theory]
    [InlineData("/api/members/1,2,3", "1 2 3")]
    [InlineData("/api/members/1%2C2", "1 2")]
    [InlineData("/api/members/1,,1,2,", "1 2")]
    [InlineData("/api/batch?ids=1,2,3", "1 2 3")]
    [InlineData("/api/batch?ids=1&x=9&ids=2", "1 2")]
    [InlineData("/api/batch?ids[]=1&IDS[1]=2&ids%5B%5D=3", "1 2 3")]
    [InlineData("/api/batch?ids=%5B1%2C%222%22%5D", "1 2")]
    [InlineData("/api/batch?ids=1%2C2&ids=3", "1 2 3")]
    [InlineData("/api/batch?ids=1%2C2#ids=3", "1 2")]
    public void A_list_names_each_of_its_subjects_once(string target, string subjects) =>
        Assert.Equal(subjects, string.Join(' ', Shop.All("GET", target).Subjects));

    [Fact]
    public void Subjects_beyond_a_thousand_are_counted_not_dropped_in_silence()
    {
        var scratch = new RouteScratch();
        var target = Encoding.UTF8.GetBytes("/api/batch?ids=" + string.Join(',', Enumerable.Range(1, 1500)));
        var subjects = Shop.Match("GET"u8, target, scratch).Subjects(scratch);
        Assert.Equal(1000, subjects.Count);
        Assert.Equal(500, subjects.Left);
        Assert.Equal("1000", Encoding.UTF8.GetString(subjects[999]));
    }

    [Theory]
    [InlineData("POST", "/login", true)]
    [InlineData("POST", "/api/v2/Sign-In", true)]
    [InlineData("POST", "/wp/login.php?next=/", true)]
    [InlineData("POST", "/%6Cogin/", true)]
    [InlineData("POST", "/oauth2/token", true)]
    [InlineData("GET", "/login", false)]
    [InlineData("POST", "/blogin", false)]
    [InlineData("POST", "/", false)]
    public void A_posted_login_is_recognised(string method, string target, bool isLogin)
    {
        var scratch = new RouteScratch();
        Assert.Equal(
            isLogin, Shop.Match(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(target), scratch).IsLogin);
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var scratch = new RouteScratch();
        Shop.All("GET", "/api/%6dembers/1,2");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        for (var i = 0; i < 1000; i++)
            count += Shop.Match("GET"u8, "/api/%6dembers/1,2"u8, scratch).Subjects(scratch).Count;
        Assert.Equal(2000, count);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2000);
    }
}
