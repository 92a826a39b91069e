using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using WhoSaw.Incidents.Delivery;

namespace WhoSaw.Incidents.Tests.Delivery;

/// <summary>Against a real HTTP server on loopback, which answers what a test wants.</summary>
public sealed class TextGatewayTests
{
    private static readonly Recipient Somebody = new(0, "p1", true, null, "010-0000-0000", null);

    /// <summary>Notes what was posted; a key that it has taken it takes no second time.</summary>
    private sealed class Gateway : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;
        private readonly Func<int, HttpStatusCode?> _answer;

        /// <param name="answer">To the first, second, … request; null breaks the connection after taking it.</param>
        public Gateway(Func<int, HttpStatusCode?> answer)
        {
            _answer = answer;
            for (var port = 20_300; !_listener.IsListening; port++)
                try
                {
                    _listener.Prefixes.Clear();
                    Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/sms/"));
                    _listener.Prefixes.Add(Address.ToString());
                    _listener.Start();
                }
                catch (HttpListenerException)
                {
                    // Somebody else has that port.
                }
            _serving = Task.Run(ServeAsync);
        }

        public Uri Address { get; private set; } = null!;
        public ConcurrentDictionary<string, int> Taken { get; } = new(StringComparer.Ordinal);
        public ConcurrentQueue<(string Body, string? Key, string? Authorization, string? Type)> Requests { get; } = [];

        public void Dispose()
        {
            _listener.Close();
            Task.WhenAny(_serving, Task.Delay(1000)).GetAwaiter().GetResult();
        }

        private async Task ServeAsync()
        {
            for (var number = 0; ; number++)
            {
                HttpListenerContext asked;
                try
                {
                    asked = await _listener.GetContextAsync();
                }
                catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                using var reader = new StreamReader(asked.Request.InputStream);
                var key = asked.Request.Headers["Idempotency-Key"];
                Requests.Enqueue((await reader.ReadToEndAsync(), key, asked.Request.Headers["Authorization"],
                    asked.Request.ContentType));
                var status = _answer(number);
                if (status is null or HttpStatusCode.OK)
                    Taken.TryAdd(key!, number);
                if (status is { } code)
                {
                    asked.Response.StatusCode = (int)code;
                    asked.Response.Close();
                }
                else
                {
                    asked.Response.Abort();
                }
            }
        }
    }

    [Fact]
    public async Task A_text_goes_as_JSON_with_its_key_and_the_token()
    {
        using var gateway = new Gateway(_ => HttpStatusCode.OK);
        using var client = new HttpClient();
        await using var sender = new TextGateway(client, gateway.Address, "token", "개인정보 유출 통지");

        Assert.Equal(
            new SendResult(RecipientState.Accepted, 200),
            await sender.SendAsync(Somebody, "k1", CancellationToken.None));

        var (body, key, authorization, type) = Assert.Single(gateway.Requests);
        var message = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("k1", "010-0000-0000", "개인정보 유출 통지"), (message.GetProperty("key").GetString(),
            message.GetProperty("to").GetString(), message.GetProperty("text").GetString()));
        Assert.Equal(("k1", "Bearer token", "application/json; charset=utf-8"), (key, authorization, type));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, RecipientState.Refused)]
    [InlineData(HttpStatusCode.UnprocessableEntity, RecipientState.Refused)]
    [InlineData(HttpStatusCode.Gone, RecipientState.Refused)]
    [InlineData(HttpStatusCode.NotFound, RecipientState.Deferred)]
    [InlineData(HttpStatusCode.Unauthorized, RecipientState.Deferred)]
    [InlineData(HttpStatusCode.Forbidden, RecipientState.Deferred)]
    [InlineData(HttpStatusCode.TooManyRequests, RecipientState.Deferred)]
    [InlineData(HttpStatusCode.RequestTimeout, RecipientState.Deferred)]
    [InlineData(HttpStatusCode.ServiceUnavailable, RecipientState.Deferred)]
    public async Task What_the_gateway_says_decides_whether_it_is_tried_again(HttpStatusCode said, RecipientState state)
    {
        using var gateway = new Gateway(_ => said);
        using var client = new HttpClient();
        await using var sender = new TextGateway(client, gateway.Address, null, "text");

        Assert.Equal(
            new SendResult(state, (int)said), await sender.SendAsync(Somebody, "k1", CancellationToken.None));
        Assert.Null(Assert.Single(gateway.Requests).Authorization);
    }

    [Fact]
    public async Task Who_has_no_mail_is_told_by_text_exactly_once_though_connections_break()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 280);
        using var gateway = new Gateway(number =>
            number % 7 == 3 ? null : number % 5 == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        using var client = new HttpClient();
        for (var run = 0; run < 20; run++)
            await new Dispatcher(outbox, DeliveryChannel.Text,
                () => new TextGateway(client, gateway.Address, null, "text"), new DispatchOptions { Connections = 2 },
                TimeProvider.System).RunAsync(CancellationToken.None);

        var phones = outbox.Recipients().Where(each => each.Email is null && each.Phone is not null).ToList();
        Assert.NotEmpty(phones);
        Assert.Equal(
            phones.Select(each => outbox.KeyOf(each, DeliveryChannel.Text)).Order(), gateway.Taken.Keys.Order());
        Assert.Equal(phones.Count, DeliveryReport.Of(outbox).ToldByText);
        // What broke was posted again under the same key: it is the gateway that must not send it twice.
        Assert.True(gateway.Requests.Count > phones.Count);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_leaves_everybody_to_be_tried_again()
    {
        using var client = new HttpClient();
        await using var sender = new TextGateway(client, new Uri("http://127.0.0.1:1/"), null, "text");

        Assert.Equal(
            new SendResult(RecipientState.Deferred, 0), await sender.SendAsync(Somebody, "k1", CancellationToken.None));
    }
}
