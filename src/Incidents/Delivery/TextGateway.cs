using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhoSaw.Incidents.Delivery;

/// <summary>What a gateway for text messages is given.</summary>
internal sealed record TextMessage(string Key, string To, string Text);

/// <summary>
/// Hands text messages to a gateway by HTTP: <c>POST {"key", "to", "text"}</c> with the key also as
/// <c>Idempotency-Key</c>, so that what is in doubt may be sent again. 400, 410 and 422 refuse this person; whatever
/// else is no success, a wrong token or address among it, says nothing of them and is tried again.
/// </summary>
public sealed class TextGateway(HttpClient client, Uri address, string? token, string text) : IMessageSender
{
    public async Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
                new TextMessage(key, recipient.Phone ?? "", text), TextJson.Default.TextMessage)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            var code = (int)response.StatusCode;
            return new SendResult(response.IsSuccessStatusCode ? RecipientState.Accepted
                : response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Gone
                    or HttpStatusCode.UnprocessableEntity
                    ? RecipientState.Refused
                    : RecipientState.Deferred, code);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            // The key makes a second sending harmless, so this is no doubt.
            return new SendResult(RecipientState.Deferred, 0);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[JsonSerializable(typeof(TextMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class TextJson : JsonSerializerContext;
