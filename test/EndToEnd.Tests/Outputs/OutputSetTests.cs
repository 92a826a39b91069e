using WhoSaw.Cli;
using WhoSaw.Cli.Outputs;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Outputs;

public sealed class OutputSetTests
{
    private const string Top = "version: 1\noutputs:\n";

    [Fact]
    public void Outputs_are_configured_without_a_secret()
    {
        var (configuration, faults) = ConfigurationFile.Parse(Top + """
              - {kind: json-lines, path: out/findings.jsonl}
              - {kind: ocsf, path: /var/ocsf.jsonl, least: medium}
              - {kind: webhook, url: 'https://example.com/hook', secret-env: HOOK, body: ocsf}
              - {kind: syslog, host: 192.0.2.1, transport: tls}
            """, "w.yaml", "/srv", false);
        Assert.Empty(faults);
        Assert.Equal(
            ["/srv/out/findings.jsonl", "/var/ocsf.jsonl", "the webhook at example.com", "syslog at 192.0.2.1:6514"],
            configuration!.Outputs.Select(output => output.Name));
        Assert.Equal(Severity.Medium, configuration.Outputs[1].Least);
        Assert.Equal(("HOOK", true), (configuration.Outputs[2].SecretVariable, configuration.Outputs[2].SendsOcsf));
    }

    [Theory]
    [InlineData("  - {kind: webhok, url: x}", "'webhok' is no kind of an output")]
    [InlineData("  - {kind: webhook}", "an output needs 'url'")]
    [InlineData("  - {kind: webhook, url: 'http://example.com/x'}", "do not go over the network in clear")]
    [InlineData("  - {kind: webhook, url: 'https://me:pw@example.com/x'}", "without a name or password in it")]
    [InlineData("  - {kind: webhook, url: 'https://example.com', secret: abc}", "a secret does not belong here")]
    [InlineData("  - {kind: syslog, host: a, port: 70000}", "'port' is a whole number")]
    public void What_is_wrong_with_an_output_is_said(string entry, string sentence) =>
        Assert.Contains(ConfigurationFile.Parse(Top + entry, "w.yaml", "/srv", false).Faults,
            fault => fault.Sentence.Contains(sentence, StringComparison.Ordinal));

    [Theory]
    [InlineData("json-lines:f.jsonl", true)]
    [InlineData("ocsf:f.jsonl", true)]
    [InlineData("https://example.com/hook", true)]
    [InlineData("syslog+udp://192.0.2.1", true)]
    [InlineData("syslog+tls://log.example.com:6514", true)]
    [InlineData("syslog+tcp://[2001:db8::1]:514", true)]
    [InlineData("syslog+tcp://a:99999", false)]
    [InlineData("syslog+3://a", false)]
    [InlineData("http://example.com", false)]
    [InlineData("findings.jsonl", false)]
    public void An_output_of_the_command_line_is_read(string text, bool isRead)
    {
        var read = OutputText.Read(text, out var fault);
        Assert.Equal(isRead, read is not null);
        Assert.Equal(isRead, fault.Length == 0);
    }

    [Fact]
    public async Task One_that_fails_does_not_keep_a_finding_from_the_others()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("findings.jsonl");
        var (outputs, faults) = OutputSet.Open(
            [
                new OutputOptions { Kind = OutputKind.Syslog, Host = "127.0.0.1", Port = 1,
                    Transport = SyslogTransport.Tcp },
                new OutputOptions { Kind = OutputKind.JsonLines, Path = file, Least = Severity.Medium },
            ], TimeProvider.System);
        Assert.Empty(faults);
        using (outputs)
        {
            var said = await outputs!.Send(
                [SomeFinding.Of("F1"), SomeFinding.Of("F2", Severity.Low), SomeFinding.Of("F3")],
                TestContext.Current.CancellationToken);
            Assert.Contains("3 findings were not sent", Assert.Single(said), StringComparison.Ordinal);
        }
        Assert.Equal(2, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public void A_secret_that_is_not_there_stops_the_run_before_it_begins()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> Faults(OutputOptions options) => OutputSet.Open(
            [options with { Kind = OutputKind.Webhook, Url = new Uri("https://example.com/x") }],
            TimeProvider.System).Faults;
        Assert.Contains("which is not set", Assert.Single(Faults(
            new OutputOptions { SecretVariable = "WHOSAW_NO_SUCH_VARIABLE" })), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(Faults(
            new OutputOptions { SecretPath = folder.At("none") })), StringComparison.Ordinal);
        Assert.Contains("too short", Assert.Single(Faults(
            new OutputOptions { SecretPath = folder.Write("short", "abc\n") })), StringComparison.Ordinal);
        Assert.Empty(Faults(new OutputOptions { SecretPath = folder.Write("secret", "0123456789abcdef\n") }));
    }
}
