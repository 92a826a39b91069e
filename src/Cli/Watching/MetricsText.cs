using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// All instruments of a meter in the text format of Prometheus, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats). See docs/decisions/0030.
/// </summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(string meter)
    {
        var series = new SortedDictionary<string, (Instrument Instrument, List<string> Lines)>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == meter)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        void Take(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!series.TryGetValue(instrument.Name, out var known))
                series.Add(instrument.Name, known = (instrument, []));
            known.Lines.Add(instrument.Name + Labels(tags) + " " + value);
        }
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Take(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            Take(instrument, value.ToString("R", CultureInfo.InvariantCulture), tags));
        listener.Start();
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, (instrument, lines)) in series)
        {
            var kind = instrument is ObservableCounter<long> ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(instrument.Description ?? "")}\n")
                .Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind}\n");
            foreach (var line in lines)
                text.Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var text = new StringBuilder("{");
        foreach (var tag in tags)
            text.Append(text.Length > 1 ? "," : "").Append(tag.Key).Append("=\"")
                .Append(Escaped(tag.Value?.ToString() ?? "").Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        return text.Append('}').ToString();
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
