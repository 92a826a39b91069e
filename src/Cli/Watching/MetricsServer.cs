using System.Globalization;
using System.Net;
using System.Text;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// <c>/metrics</c> for Prometheus and <c>/health</c> for whoever restarts processes, on loopback alone: who is on
/// another machine asks through a proxy that knows him.
/// </summary>
internal sealed class MetricsServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly WatchMetrics _metrics;
    private readonly Task _serving;

    /// <summary>Throws <see cref="HttpListenerException"/> when the port is taken.</summary>
    public MetricsServer(int port, WatchMetrics metrics)
    {
        _metrics = metrics;
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        _listener.Start();
        _serving = Task.Run(Serve);
    }

    public void Dispose()
    {
        _listener.Close();
        Task.WhenAny(_serving, Task.Delay(1000)).GetAwaiter().GetResult();
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException
                or InvalidOperationException or IOException)
            {
                // Closed, or the asker went away.
                if (!_listener.IsListening)
                    return;
            }
        }
    }

    private void Answer(HttpListenerContext asked)
    {
        var (status, type, text) = asked.Request.Url?.AbsolutePath switch
        {
            "/metrics" => (200, MetricsText.ContentType, MetricsText.Of(WatchMetrics.Name)),
            "/health" when _metrics.IsAlive => (200, "text/plain", "alive\n"),
            "/health" => (503, "text/plain", "the watch has not been at work for a while\n"),
            _ => (404, "text/plain", "there is /metrics and /health\n"),
        };
        var body = Encoding.UTF8.GetBytes(text);
        (asked.Response.StatusCode, asked.Response.ContentType) = (status, type);
        asked.Response.ContentLength64 = body.Length;
        asked.Response.OutputStream.Write(body);
        asked.Response.Close();
    }
}
