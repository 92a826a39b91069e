using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using WhoSaw.Cli.Outputs;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Outputs;

public sealed class WebhookTests : IDisposable
{
    private static readonly byte[] Secret = "a secret of tests"u8.ToArray();
    private readonly HttpListener _listener = new();
    private readonly HastyClock _clock = new();
    private readonly ConcurrentQueue<(string Timestamp, string Signature, string Delivery, byte[] Body)> _got = [];
    private readonly Uri _url;
    private int[] _answers = [200];

    public WebhookTests()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook/");
        }
        _listener.Prefixes.Add(_url.ToString());
        _listener.Start();
        _ = Task.Run(Answer);
    }

    public void Dispose() => _listener.Close();

    /// <summary>Waits no time, and remembers how long it should have.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private async Task Answer()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            string Header(string name) => context.Request.Headers[name] ?? "";
            _got.Enqueue((Header(WebhookOutput.TimestampHeader), Header(WebhookOutput.SignatureHeader),
                Header(WebhookOutput.DeliveryHeader), body.ToArray()));
            context.Response.StatusCode = _answers[Math.Min(_got.Count, _answers.Length) - 1];
            context.Response.RedirectLocation = "http://192.0.2.1/";
            context.Response.Close();
        }
    }

    private WebhookOutput Webhook(byte[]? secret = null) =>
        new(new OutputOptions { Kind = OutputKind.Webhook, Url = _url }, secret ?? Secret, _clock);

    [Fact]
    public async Task A_finding_is_posted_with_a_signature_that_its_receiver_can_check()
    {
        using var webhook = Webhook();
        await webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken);
        var (timestamp, signature, _, body) = Assert.Single(_got);
        Assert.Equal(WebhookOutput.Signature(Secret, timestamp, body), signature);
        Assert.NotEqual(WebhookOutput.Signature("another secret, longer"u8.ToArray(), timestamp, body), signature);
        Assert.Equal("F1", JsonDocument.Parse(body).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void The_signature_is_the_published_function_of_its_parts()
    {
        // printf '1744599900.{"id":"F1"}' | openssl dgst -sha256 -hmac 'a secret of tests'
        var expected = "v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            Secret, Encoding.ASCII.GetBytes("1744599900.{\"id\":\"F1\"}")));
        Assert.Equal(expected, WebhookOutput.Signature(Secret, "1744599900", "{\"id\":\"F1\"}"u8));
    }

    [Fact]
    public async Task Who_is_busy_is_asked_again_after_longer_and_longer_pauses()
    {
        _answers = [503, 429, 200];
        using var webhook = Webhook();
        await webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken);
        Assert.Equal(3, _got.Count);
        Assert.Single(_got.Select(each => each.Delivery).Distinct());
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _clock.Pauses);
    }

    [Fact]
    public async Task Who_refuses_is_not_asked_again()
    {
        _answers = [403];
        using var webhook = Webhook();
        var fault = await Assert.ThrowsAsync<OutputException>(() =>
            webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken));
        Assert.Single(_got);
        Assert.Equal("the webhook at 127.0.0.1 did not take F1: it answered 403", fault.Message);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        _answers = [307];
        using var webhook = Webhook();
        await Assert.ThrowsAsync<OutputException>(() =>
            webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken));
        Assert.Single(_got);
    }

    [Fact]
    public async Task After_five_tries_it_is_said_that_it_was_not_sent()
    {
        _answers = [500];
        using var webhook = Webhook();
        await Assert.ThrowsAsync<OutputException>(() =>
            webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken));
        Assert.Equal(5, _got.Count);
        Assert.Equal([1, 2, 4, 8], _clock.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        using var webhook = Webhook([]);
        await webhook.Send(SomeFinding.Of(), TestContext.Current.CancellationToken);
        Assert.Equal("", Assert.Single(_got).Signature);
    }
}
