using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;
using WhoSaw.Incidents.Notices;

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

    /// <summary>For an answer; after it a connection counts as lost.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>One SMTP connection, opened when it is needed and again when it was lost.</summary>
public sealed class MailSender : IMessageSender
{
    private readonly MailServer _server;
    private readonly SmtpClient _client = new();
    private readonly MimeMessage _message;
    private readonly string _domain;

    /// <param name="draft">The approved notice; plain text with HTML beside it, nothing attached.</param>
    /// <param name="date">When the notice was approved: the same message has the same date each time.</param>
    public MailSender(MailServer server, NoticeDraft draft, DateTimeOffset date)
    {
        _server = server;
        _client.Timeout = (int)server.Timeout.TotalMilliseconds;
        var from = MailboxAddress.Parse(server.From);
        _domain = from.Domain;
        _message = new MimeMessage
        {
            Subject = draft.Title,
            Date = date,
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = NoticeRendering.Plain(draft) },
                new TextPart(TextFormat.Html) { Text = NoticeRendering.Html(draft) },
            },
        };
        // One text for everybody: encode it once, not for each of millions.
        _message.Prepare(EncodingConstraint.SevenBit);
        _message.From.Add(from);
        _message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
    }

    public async Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var to))
            return new SendResult(RecipientState.Refused, 0);
        if (!await TryConnectAsync(cancellation).ConfigureAwait(false))
            return new SendResult(RecipientState.Deferred, 0);
        _message.To.Clear();
        _message.To.Add(to);
        _message.MessageId = $"{key}@{_domain}";
        try
        {
            await _client.SendAsync(_message, cancellation).ConfigureAwait(false);
            return new SendResult(RecipientState.Accepted, 250);
        }
        catch (SmtpCommandException refusal)
        {
            await LeaveAsync((int)refusal.StatusCode == 421).ConfigureAwait(false);
            var code = (int)refusal.StatusCode;
            return new SendResult(code >= 500 ? RecipientState.Refused : RecipientState.Deferred, code);
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
        _message.Dispose();
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected)
            return true;
        try
        {
            await _client.ConnectAsync(_server.Host, _server.Port, _server.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellation).ConfigureAwait(false);
            if (_server.User is { } user)
                await _client.AuthenticateAsync(user, _server.Password ?? "", cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception lost) when (IsLost(lost) || lost is SmtpCommandException or SslHandshakeException)
        {
            await LeaveAsync(true).ConfigureAwait(false);
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
