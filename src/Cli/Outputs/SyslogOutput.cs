using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace WhoSaw.Cli.Outputs;

/// <summary>
/// Each finding as a message of syslog: by UDP (RFC 5426), by TCP with octets counted (RFC 6587) or by TLS (RFC 5425).
/// </summary>
internal sealed class SyslogOutput(OutputOptions options) : FindingOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private TcpClient? _connection;
    private Stream? _stream;

    public override async Task Send(RaisedFinding finding, CancellationToken stop)
    {
        var message = SyslogMessage.Write(finding, options.Transport == SyslogTransport.Udp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            if (options.Transport == SyslogTransport.Udp)
            {
                using var socket = new UdpClient(options.Host, options.Port);
                await socket.SendAsync(message, patience.Token);
                return;
            }
            await SendCounted(message, patience.Token);
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException
            || fault is OperationCanceledException && !stop.IsCancellationRequested)
        {
            Close();
            throw new OutputException($"{options.Name} did not take {finding.Finding.Id}: {fault.Message}", fault);
        }
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    /// <summary>A connection that the other side closed meanwhile is made once more.</summary>
    private async Task SendCounted(byte[] message, CancellationToken stop)
    {
        byte[] framed =
            [.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), .. message];
        if (_stream is not null && _connection!.Client.Poll(0, SelectMode.SelectRead))
            Close();
        _stream ??= await Connect(stop);
        await _stream.WriteAsync(framed, stop);
        await _stream.FlushAsync(stop);
    }

    private async Task<Stream> Connect(CancellationToken stop)
    {
        _connection = new TcpClient();
        await _connection.ConnectAsync(options.Host, options.Port, stop);
        if (options.Transport == SyslogTransport.Tcp)
            return _connection.GetStream();
        var stream = new SslStream(_connection.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Host }, stop);
        return stream;
    }

    private void Close()
    {
        _stream?.Dispose();
        _connection?.Dispose();
        (_stream, _connection) = (null, null);
    }
}
