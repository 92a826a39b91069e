using System.Globalization;
using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>A draft is to be scanned with as it is written.</summary>
public sealed class InitTests : IDisposable
{
    private const int Lines = 100;
    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    [Theory]
    [InlineData("json", """
        {"ts":1744621200,"ip":"192.0.2.1","method":"GET","status":200,"path":"/members/N/orders","query":"page=2"}
        """)]
    [InlineData("w3c-iis",
        "2025-04-14 09:00:00 10.0.0.5 GET /members/N/orders page=2 443 - 192.0.2.1 App+1 - 200 0 0 15",
        "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
        + "cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n")]
    [InlineData("common", "192.0.2.1 - - [14/Apr/2025:09:00:00 +0000] \"GET /members/N/orders?page=2 HTTP/1.1\" 200 7")]
    public void A_draft_in_another_folder_than_its_log_scans_it(string format, string line, string head = "")
    {
        Directory.CreateDirectory(_evidence.Folder.At("configuration"));
        _evidence.Folder.Write("access log (1).txt", head + string.Concat(Enumerable.Range(100, Lines).Select(
            number => line.Trim().Replace("N", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                + "\n")));
        var draft = _evidence.Folder.At("configuration/whosaw.yaml");
        var said = Whosaw.RunIn(_evidence.Folder.At("."), "init", "access log (1).txt", "--out", draft);
        Assert.Equal("", said.Error);
        Assert.Contains($"format: {format}\n", File.ReadAllText(draft), StringComparison.Ordinal);

        said = _evidence.Scan(draft);
        Assert.Equal("", said.Error);
        Assert.Equal(Lines, _evidence.Contents.Segments.Sum(segment => segment.Rows));
    }

    [Fact]
    public void A_log_of_database_statements_is_drafted_as_one()
    {
        var log = _evidence.Folder.Write("pg.log", string.Concat(Enumerable.Range(0, 3).Select(second =>
            $"2025-04-14 09:00:0{second}.123 UTC [77] app@shop LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,"
            + "public.members,\"select * from members\",<none>\n")));
        Assert.Contains("kind: audit ", Whosaw.Run("init", log).Out, StringComparison.Ordinal);
    }
}
