using MimeKit;
using MimeKit.Text;

namespace WhoSaw.Incidents.Delivery;

/// <summary>Short letters in plain text to the same few people: those on duty.</summary>
public sealed class PlainMail : IAsyncDisposable
{
    private readonly MailConnection _connection;
    private readonly MailboxAddress _from;
    private readonly IReadOnlyList<MailboxAddress> _to;

    /// <summary>Throws <see cref="FormatException"/> for an address that is none.</summary>
    public PlainMail(MailServer server, IReadOnlyList<string> to)
    {
        (_from, _to) = (Address(server.From), [.. to.Select(Address)]);
        _connection = new MailConnection(server);
    }

    public static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var read) && read.Domain.Length > 0;

    /// <param name="key">Becomes the Message-ID: sent again under it, a letter is the same letter.</param>
    public async Task<SendResult> SendAsync(
        string subject, string text, string key, DateTimeOffset date, CancellationToken cancellation)
    {
        using var message = new MimeMessage
        {
            Subject = subject,
            Date = date,
            Body = new TextPart(TextFormat.Plain) { Text = text },
            MessageId = $"{key}@{_from.Domain}",
        };
        message.From.Add(_from);
        message.To.AddRange(_to);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return await _connection.SendAsync(message, cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static MailboxAddress Address(string text) => IsAddress(text) ? MailboxAddress.Parse(text)
        : throw new FormatException($"'{text}' is no address of mail");
}
