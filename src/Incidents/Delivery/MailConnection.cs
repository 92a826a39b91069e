using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace WhoSaw.Incidents.Delivery;

/// <summary>How the mail server is protected on the way.</summary>
public enum MailSecurity
{
    StartTls,
    Tls,

    /// <summary>For a server on this machine only.</summary>
    None,
}

/// <summary>The server that mail goes to.</summary>
public sealed record MailServer(string Host, int Port, MailSecurity Security, string From)
{
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>
    /// A PEM file of certificates; the server's has to be one of them or be signed by one. Null: the system decides.
    /// </summary>
    public string? Trust { get; init; }

    /// <summary>For an answer; after it a connection counts as lost.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>One SMTP connection, opened when it is needed and again when it was lost.</summary>
internal sealed class MailConnection : IAsyncDisposable
{
    private readonly MailServer _server;
    private readonly SmtpClient _client = new();

    /// <summary>Throws IOException or CryptographicException when the file of trust does not read.</summary>
    public MailConnection(MailServer server)
    {
        _server = server;
        _client.Timeout = (int)server.Timeout.TotalMilliseconds;
        if (server.Trust is null)
            return;
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(server.Trust);
        _client.CheckCertificateRevocation = false;
        _client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0
            && certificate is X509Certificate2 shown && IsTrusted(shown, trusted);
    }

    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        if (!await TryConnectAsync(cancellation).ConfigureAwait(false))
            return new SendResult(RecipientState.Deferred, 0);
        try
        {
            await _client.SendAsync(message, cancellation).ConfigureAwait(false);
            return new SendResult(RecipientState.Accepted, 250);
        }
        catch (SmtpCommandException refusal)
        {
            await LeaveAsync((int)refusal.StatusCode == 421).ConfigureAwait(false);
            var code = (int)refusal.StatusCode;
            // A server that refuses the sender, or wants a log-in, has said nothing of the recipient.
            var ofRecipient = refusal.ErrorCode
                is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return new SendResult(
                code >= 500 && ofRecipient ? RecipientState.Refused : RecipientState.Deferred, code);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            // Perhaps before the server had it all, perhaps after it took it.
            await LeaveAsync(true).ConfigureAwait(false);
            return new SendResult(RecipientState.Doubt, 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync(quit: true).ConfigureAwait(false);
        }
        catch (Exception lost) when (IsLost(lost) || lost is SmtpCommandException)
        {
            // Every message was answered before; a good-bye that is not heard changes nothing.
        }
        _client.Dispose();
    }

    private static bool IsTrusted(X509Certificate2 shown, X509Certificate2Collection trusted)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected)
            return true;
        // The end of a message is a small packet of its own: with Nagle's algorithm it waits for an acknowledgement
        // that the other side delays, forty milliseconds a message.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(_server.Timeout);
            await socket.ConnectAsync(_server.Host, _server.Port, patience.Token).ConfigureAwait(false);
            await _client.ConnectAsync(socket, _server.Host, _server.Port, _server.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellation).ConfigureAwait(false);
            if (_server.User is { } user)
                await _client.AuthenticateAsync(user, _server.Password ?? "", cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception lost) when (IsLost(lost) || lost is SmtpCommandException or SslHandshakeException
            or MailKit.Security.AuthenticationException or NotSupportedException)
        {
            await LeaveAsync(true).ConfigureAwait(false);
            socket.Dispose();
            return false;
        }
    }

    private async Task LeaveAsync(bool leave)
    {
        if (leave && _client.IsConnected)
            await _client.DisconnectAsync(quit: false).ConfigureAwait(false);
    }

    private static bool IsLost(Exception fault) => fault is SmtpProtocolException or IOException or SocketException
        or ServiceNotConnectedException or TimeoutException or OperationCanceledException;
}
