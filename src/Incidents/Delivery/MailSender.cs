using MimeKit;
using MimeKit.Text;
using WhoSaw.Incidents.Notices;

namespace WhoSaw.Incidents.Delivery;

/// <summary>One notice for many people, each with a message of his own, over one connection.</summary>
public sealed class MailSender : IMessageSender
{
    private readonly MailConnection _connection;
    private readonly MimeMessage _message;
    private readonly string _domain;

    /// <param name="draft">The approved notice; plain text with HTML beside it, nothing attached.</param>
    /// <param name="date">When the notice was approved: the same message has the same date each time.</param>
    public MailSender(MailServer server, NoticeDraft draft, DateTimeOffset date)
    {
        _connection = new MailConnection(server);
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

    public Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var to))
            return Task.FromResult(new SendResult(RecipientState.Refused, 0));
        _message.To.Clear();
        _message.To.Add(to);
        _message.MessageId = $"{key}@{_domain}";
        return _connection.SendAsync(_message, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _message.Dispose();
    }
}
