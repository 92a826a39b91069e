using System.Diagnostics.Metrics;
using WhoSaw.Intake.Tailing;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// What a watch tells of itself. The numbers are taken by the watching thread once a second and read by whoever asks;
/// no name of a person or a file is among them.
/// </summary>
internal sealed class WatchMetrics : IDisposable
{
    public const string Name = "WhoSaw.Watch";
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(30);

    private readonly Meter _meter = new(Name);
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _began;
    private volatile Shown _shown = new([], EventTime.Earliest, 0, 0, false);
    private volatile IReadOnlyList<(string Severity, int Count)> _findings = [];
    private long _beat;
    private long _shownAt;
    private double _lookSeconds;

    public WatchMetrics(TimeProvider clock)
    {
        (_clock, _began) = (clock, clock.GetUtcNow());
        _beat = clock.GetTimestamp();
        Streams("whosaw_lines_total", "Lines read.", stream => stream.Lines);
        Streams("whosaw_records_total", "Lines that read as records.", stream => stream.Records);
        Streams("whosaw_rejects_total", "Lines that are no records; the ledger keeps them.", stream => stream.Rejects);
        Gauges("whosaw_bytes_behind", "Bytes that are there and not taken yet.", stream => stream.BytesBehind);
        Gauges(
            "whosaw_stream_lag_seconds", "How far the stream's newest line is behind the newest of all, by the logs.",
            stream => stream.Last is { } last ? (_shown.Now - last) / 1e6 : null);
        Gauges("whosaw_stream_silent_seconds", "Since a line of the stream came last, by the clock.",
            stream => (clock.GetUtcNow() - (stream.Arrived ?? _began)).TotalSeconds);
        _meter.CreateObservableGauge("whosaw_findings", () => _findings.Select(each => new Measurement<long>(
            each.Count, new KeyValuePair<string, object?>("severity", each.Severity))),
            description: "Findings that stand.");
        Total("whosaw_commits_total", "Commits to the ledger, those of earlier runs among them.", () => Commits);
        Total("whosaw_news_sent_total", "News of findings that an output took.", () => _shown.Sent);
        Gauge("whosaw_news_waiting", "News that an output has not taken yet.", () => _shown.Waiting);
        Gauge("whosaw_look_seconds", "What the last look at all evidence took.", () => _lookSeconds);
        Gauge("whosaw_replaying", "1 while lines are read again for detection.", () => _shown.IsReplaying ? 1 : 0);
        Gauge("whosaw_heartbeat_seconds", "Since the watch was last at work.", () => SinceBeat.TotalSeconds);
    }

    private sealed record Shown(
        IReadOnlyList<StreamLag> Streams, EventTime Now, int Waiting, long Sent, bool IsReplaying);

    public long Commits { get; set; }

    /// <summary>False when the watch hangs, in a look at the evidence or on a disk.</summary>
    public bool IsAlive => SinceBeat < Alive;

    private TimeSpan SinceBeat => _clock.GetElapsedTime(Volatile.Read(ref _beat));

    /// <summary>The watch is at work; true when it is time to show numbers.</summary>
    public bool Beat()
    {
        Volatile.Write(ref _beat, _clock.GetTimestamp());
        return _shownAt == 0 || _clock.GetElapsedTime(_shownAt) >= TimeSpan.FromSeconds(1);
    }

    public void Show(IReadOnlyList<StreamLag> streams, EventTime now, Outbox outbox, bool isReplaying)
    {
        _shownAt = _clock.GetTimestamp();
        _shown = new Shown(streams, now, outbox.Waiting, outbox.Sent, isReplaying);
    }

    public void Looked(TimeSpan cost, IReadOnlyCollection<Finding> standing)
    {
        Volatile.Write(ref _lookSeconds, cost.TotalSeconds);
        _findings = [.. Enum.GetValues<Severity>().Select(severity => (
            severity.ToString().ToLowerInvariant(), standing.Count(finding => finding.Severity == severity)))];
    }

    public void Dispose() => _meter.Dispose();

    private void Streams(string name, string what, Func<StreamLag, long> value) => _meter.CreateObservableCounter(
        name, () => _shown.Streams.Select(stream => new Measurement<long>(value(stream), Labels(stream))),
        description: what);

    private void Gauges(string name, string what, Func<StreamLag, double?> value) => _meter.CreateObservableGauge(
        name,
        () => _shown.Streams.Where(stream => value(stream) is not null)
            .Select(stream => new Measurement<double>(value(stream)!.Value, Labels(stream))),
        description: what);

    private void Total(string name, string what, Func<long> value) =>
        _meter.CreateObservableCounter(name, value, description: what);

    private void Gauge(string name, string what, Func<double> value) =>
        _meter.CreateObservableGauge(name, value, description: what);

    private static KeyValuePair<string, object?>[] Labels(StreamLag stream) =>
        [new("source", stream.Source), new("stream", stream.Stream)];
}
