using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace WhoSaw.Cli.Outputs;

/// <summary>
/// Posts each finding. Signed with HMAC-SHA256 over <c>TIMESTAMP.BODY</c>, so that a receiver can tell who sent it and
/// refuse what is old; tried again while the other side is away or busy (docs/configuration.md: keep in sync).
/// </summary>
internal sealed class WebhookOutput : FindingOutput
{
    public const string TimestampHeader = "X-WhoSaw-Timestamp";
    public const string SignatureHeader = "X-WhoSaw-Signature";

    /// <summary>The same for each try of a delivery: a receiver drops what it has.</summary>
    public const string DeliveryHeader = "X-WhoSaw-Delivery";

    private const int Tries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OutputOptions _options;
    private readonly byte[] _secret;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    /// <param name="secret">Empty: nothing is signed.</param>
    public WebhookOutput(OutputOptions options, byte[] secret, TimeProvider clock)
    {
        (_options, _secret, _clock) = (options, secret, clock);
        // a redirect would carry findings to where nobody configured
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
    }

    public override async Task Send(RaisedFinding finding, CancellationToken stop)
    {
        var body = _options.SendsOcsf ? OcsfEvent.Write(finding) : finding.ToJson();
        var delivery = Convert.ToHexStringLower(SHA256.HashData(body))[..32];
        var pause = FirstPause;
        for (var left = Tries; ; left--)
        {
            var (fault, wait) = await Try(body, delivery, stop);
            if (fault is null)
                return;
            if (left == 1 || wait is null)
                throw new OutputException($"{_options.Name} did not take {finding.Finding.Id}: {fault}");
            var longer = wait > pause ? wait.Value : pause;
            await Task.Delay(longer < LongestPause ? longer : LongestPause, _clock, stop);
            pause *= 2;
        }
    }

    /// <summary>Signed text of a body at a time, in seconds since 1970.</summary>
    public static string Signature(byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed));
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// What was wrong, null for nothing; and how long at least to wait, null when there is no use in it.
    /// </summary>
    private async Task<(string? Fault, TimeSpan? Wait)> Try(byte[] body, string delivery, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // of each try its own, or a late one would look like a replay
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(DeliveryHeader, delivery);
        if (_secret.Length > 0)
            request.Headers.Add(SignatureHeader, Signature(_secret, timestamp, body));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.IsSuccessStatusCode)
                return (null, null);
            var isPassing = answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                || (int)answer.StatusCode >= 500;
            var asked = answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
            return ($"it answered {(int)answer.StatusCode}", isPassing ? asked : null);
        }
        catch (HttpRequestException fault)
        {
            return ($"it cannot be reached ({fault.HttpRequestError})", TimeSpan.Zero);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return ("it did not answer in time", TimeSpan.Zero);
        }
    }
}
