using System.IO.Compression;
using System.Text;
using WhoSaw.Cli;
using WhoSaw.Cli.Verbs;
using WhoSaw.Intake.Formats;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Configuration;

public sealed class InitVerbTests
{
    [Fact]
    public void Logs_become_a_draft_that_loads()
    {
        using var folder = new TemporaryFolder();
        var logs = new[]
        {
            folder.Write("web-20250411.log", "GET /api/members/7 200\r\nGET /blog/x 200\n"),
            folder.Write("web-20250412.log", "GET /api/members/8 200\nGET /api/members/9 404"),
            folder.Write("web.log.gz", ""),
        };
        using (var packed = new GZipStream(File.Create(logs[2]), CompressionMode.Compress))
            packed.Write("GET /mypage 200\n"u8);
        var (code, draft, errors) = Run(logs);
        Assert.Equal((0, ""), (code, errors));
        var (configuration, faults) = ConfigurationFile.Parse(draft, "w.yaml", folder.Path, checkFiles: true);
        Assert.Empty(faults.Select(fault => fault.ToString()));
        Assert.Equal([folder.Path + "/web-*.log", logs[2]], configuration!.Sources.Select(source => source.Path));
        Assert.Equal(["GET /api/members/{subject}", "GET /mypage"], configuration.Routes.Select(route => route.Route));
        Assert.Contains("# 2 requests, 2 different subjects: an id follows 'members'", draft, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_said_and_the_rest_is_drafted()
    {
        using var folder = new TemporaryFolder();
        var (code, _, errors) = Run(folder.Write("a.log", "GET /me 200\n"), folder.Write("b.log", "?\n"), folder.Path + "/none.log");
        Assert.Equal(3, code);
        Assert.Contains("none.log: there is no such file", errors, StringComparison.Ordinal);
        Assert.Contains("b.log: no known format reads its lines", errors, StringComparison.Ordinal);
        Assert.Equal(2, Run(folder.Path + "/none.log").Code);
        Assert.Equal(2, Run().Code);
    }

    private static (int Code, string Draft, string Errors) Run(params string[] logs)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = new InitVerb(Recognise).Run(logs, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static RecognisedFormat? Recognise(IReadOnlyList<byte[]> lines) =>
        lines.Any(line => line.AsSpan().StartsWith("GET "u8))
            ? new RecognisedFormat("nginx", new Dictionary<string, string>(), 1, new ThreeWords())
            : null;

    private sealed class ThreeWords : LineFormat
    {
        public override string Name => "three-words";

        public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields)
        {
            var words = Encoding.UTF8.GetString(line).Split(' ');
            if (words.Length != 3)
                return RejectReason.Malformed;
            fields.SetTime(new EventTime(0));
            fields.SetText(LineField.Method, Encoding.UTF8.GetBytes(words[0]));
            fields.SetText(LineField.Target, Encoding.UTF8.GetBytes(words[1]));
            fields.Status = int.Parse(words[2], null);
            return RejectReason.None;
        }
    }
}
