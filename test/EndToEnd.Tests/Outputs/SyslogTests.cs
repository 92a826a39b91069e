using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using WhoSaw.Cli.Outputs;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Outputs;

public sealed partial class SyslogTests
{
    private static OutputOptions To(int port, SyslogTransport transport) => new()
    {
        Kind = OutputKind.Syslog,
        Host = "127.0.0.1",
        Port = port,
        Transport = transport,
    };

    [Fact]
    public void A_message_has_the_parts_of_RFC_5424()
    {
        var text = Encoding.UTF8.GetString(SyslogMessage.Write(SomeFinding.Of(), isDatagram: false));
        var parts = Shape().Match(text);
        Assert.True(parts.Success, text);
        // facility 13 (log audit), severity 3 (error): high
        Assert.Equal("107", parts.Groups[1].Value);
        Assert.Equal("2025-04-14T03:05:00Z", parts.Groups[2].Value);
        Assert.Contains(" id=\"F1\" detector=\"outflow\" severity=\"high\"", parts.Groups[3].Value,
            StringComparison.Ordinal);
        Assert.Contains(" accounts=\"7\" views=\"9\"", parts.Groups[3].Value, StringComparison.Ordinal);
        Assert.EndsWith("far more than ever before", parts.Groups[4].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Severity.Info, 110)]
    [InlineData(Severity.Low, 109)]
    [InlineData(Severity.Medium, 108)]
    [InlineData(Severity.Critical, 106)]
    public void The_priority_follows_the_severity(Severity severity, int priority) => Assert.StartsWith(
        $"<{priority}>1 ",
        Encoding.UTF8.GetString(SyslogMessage.Write(SomeFinding.Of(severity: severity), isDatagram: false)),
        StringComparison.Ordinal);

    [Fact]
    public void A_datagram_is_short_enough_for_everybody_and_cut_between_characters()
    {
        for (var letters = 1990; letters < 2010; letters++)
        {
            var finding = SomeFinding.Of(why: new string('가', letters));
            var datagram = SyslogMessage.Write(finding, isDatagram: true);
            Assert.InRange(datagram.Length, 2046, 2048);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(datagram));
        }
    }

    [Fact]
    public void What_a_log_holds_cannot_begin_a_line_or_end_the_structured_data()
    {
        var finding = SomeFinding.Of(why: "one\ntwo\u001b[2J");
        finding = finding with { Finding = finding.Finding with { Id = "F\"1]\\" } };
        var text = Encoding.UTF8.GetString(SyslogMessage.Write(finding, isDatagram: false));
        Assert.DoesNotContain(text, char.IsControl);
        Assert.Contains("id=\"F\\\"1\\]\\\\\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_UDP_a_finding_is_a_datagram()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var output = new SyslogOutput(To(((IPEndPoint)receiver.Client.LocalEndPoint!).Port, SyslogTransport.Udp));
        var stop = TestContext.Current.CancellationToken;
        await output.Send(SomeFinding.Of(), stop);
        var got = await receiver.ReceiveAsync(stop);
        Assert.Equal(SyslogMessage.Write(SomeFinding.Of(), isDatagram: true), got.Buffer);
    }

    [Fact]
    public async Task By_TCP_octets_are_counted_and_a_lost_connection_is_made_again()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var output = new SyslogOutput(To(((IPEndPoint)server.LocalEndpoint).Port, SyslogTransport.Tcp));
        await output.Send(SomeFinding.Of("F1"), stop);
        await output.Send(SomeFinding.Of("F2"), stop);
        using (var first = await server.AcceptTcpClientAsync(stop))
        {
            Assert.Contains("id=\"F1\"", await Frame(first.GetStream(), stop), StringComparison.Ordinal);
            Assert.Contains("id=\"F2\"", await Frame(first.GetStream(), stop), StringComparison.Ordinal);
        }
        // the end of the connection reaches the sender
        await Task.Delay(50, stop);
        await output.Send(SomeFinding.Of("F3"), stop);
        using var second = await server.AcceptTcpClientAsync(stop);
        Assert.Contains("id=\"F3\"", await Frame(second.GetStream(), stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_a_sentence_says_so()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        using var output = new SyslogOutput(To(port, SyslogTransport.Tcp));
        var fault = await Assert.ThrowsAsync<OutputException>(() =>
            output.Send(SomeFinding.Of(), TestContext.Current.CancellationToken));
        Assert.StartsWith($"syslog at 127.0.0.1:{port} did not take F1: ", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Frame(NetworkStream stream, CancellationToken stop)
    {
        var length = 0;
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1 && one[0] != ' ')
            length = length * 10 + one[0] - '0';
        var frame = new byte[length];
        await stream.ReadExactlyAsync(frame, stop);
        return Encoding.UTF8.GetString(frame);
    }

    [GeneratedRegex("^<(\\d+)>1 (\\S+) \\S+ whosaw - Access (\\[whosaw@32473(?: [a-z]+=\"[^\"]*\")+\\]) \uFEFF(.*)$")]
    private static partial Regex Shape();
}
