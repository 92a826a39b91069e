using System.Globalization;
using System.Text;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// A bar on standard error while work goes on: bytes done, lines and bytes a second, time left. Shows nothing in the
/// first second, nothing at all when standard error is not a terminal, and takes itself away when disposed: dispose
/// it before a page. May be called from any thread.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 24;
    private const string Erase = "\r\u001b[2K";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly int _columns;
    private readonly TimeProvider _time;
    private readonly Words _words;
    private readonly long _start;
    private readonly Lock _lock = new();
    private TimeSpan _shown = TimeSpan.Zero;
    private bool _isVisible;
    private bool _isDone;

    /// <param name="columns">Of the terminal; a longer line is cut, so that it never wraps.</param>
    public ProgressLine(TextWriter error, bool isTerminal, int columns, TimeProvider time, Language language)
    {
        _error = error;
        _isTerminal = isTerminal;
        _columns = columns;
        _time = time;
        _words = Words.For(language);
        _start = time.GetTimestamp();
    }

    /// <param name="bytesTotal">0 where nobody knows how much will come: then there is no bar and no time left.</param>
    public void Report(long bytesDone, long bytesTotal, long lines)
    {
        if (!_isTerminal)
            return;
        lock (_lock)
        {
            var elapsed = _time.GetElapsedTime(_start);
            if (_isDone || elapsed < Patience || elapsed - _shown < Between)
                return;
            _shown = elapsed;
            _isVisible = true;
            var text = Text(bytesDone, bytesTotal, lines, elapsed);
            while (CellText.Width(text) >= Math.Max(2, _columns))
                text = text[..^1];
            _error.Write(Erase + text);
            _error.Flush();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isVisible)
            {
                _error.Write(Erase);
                _error.Flush();
            }
            _isVisible = false;
            _isDone = true;
        }
    }

    private string Text(long done, long total, long lines, TimeSpan elapsed)
    {
        var seconds = elapsed.TotalSeconds;
        var text = new StringBuilder("  ");
        if (total > 0)
        {
            var share = Math.Clamp(done / (double)total, 0, 1);
            var filled = (int)(share * BarWidth);
            text.Append('━', filled).Append('╌', BarWidth - filled)
                .Append(CultureInfo.InvariantCulture, $" {Math.Floor(share * 100),3:0} %  ");
        }
        text.Append(Size(done));
        if (total > 0)
            text.Append(" / ").Append(Size(total));
        text.Append("  ").Append(_words.Say("progress.lines", Words.Number((long)(lines / seconds))))
            .Append(CultureInfo.InvariantCulture, $"  {done / seconds / 1e6:#,0.0} MB/s");
        if (total > done && done > 0)
            text.Append("  ").Append(_words.Say("progress.left", Left(seconds * (total - done) / done)));
        return text.ToString();
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000_000 => (bytes / 1e12).ToString("0.00", CultureInfo.InvariantCulture) + " TB",
        >= 1_000_000_000 => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
        _ => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    private static string Left(double seconds)
    {
        var left = TimeSpan.FromSeconds(Math.Min(Math.Ceiling(seconds), 359_999));
        return left.TotalHours >= 1
            ? $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}"
            : $"{left.Minutes}:{left.Seconds:00}";
    }
}
