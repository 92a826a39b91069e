using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace WhoSaw.Bench.Watching;

/// <summary>The other end of the webhook: notes when the news of each key came, and how often.</summary>
internal sealed class NewsReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _receiving;

    public NewsReceiver(int port)
    {
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        _listener.Start();
        _receiving = Task.Run(Receive);
    }

    /// <summary>When the first news of a key came.</summary>
    public ConcurrentDictionary<string, long> Came { get; } = new(StringComparer.Ordinal);

    /// <summary>News that came more than once.</summary>
    public long Repeated { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        Task.WhenAny(_receiving).GetAwaiter().GetResult();
    }

    private async Task Receive()
    {
        while (_listener.IsListening)
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
            var now = Stopwatch.GetTimestamp();
            using (var news = await JsonDocument.ParseAsync(asked.Request.InputStream))
            {
                var actor = news.RootElement.GetProperty("actor").GetProperty("value").GetString() ?? "";
                if (!Came.TryAdd(actor, now) && actor.StartsWith("probe-", StringComparison.Ordinal))
                    Repeated++;
            }
            asked.Response.StatusCode = 204;
            asked.Response.Close();
        }
    }
}
