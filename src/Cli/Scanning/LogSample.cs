using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>The first lines of a log, and what they tell: its format, its routes, the offset of its times.</summary>
internal sealed class LogSample
{
    private const int MostBytes = 32 << 20;
    private const int LinesForFormat = 400;

    private readonly byte[] _bytes;

    private LogSample(string path, byte[] bytes, FormatOptions options, string name, double share) =>
        (Path, _bytes, Options, FormatName, Share) = (path, bytes, options, name, share);

    public string Path { get; }
    public FormatOptions Options { get; }
    public string FormatName { get; }

    /// <summary>The share of the looked-at lines that read in this format.</summary>
    public double Share { get; }

    /// <summary>Reads a beginning of the log; null with a sentence when it cannot be read or no format fits.</summary>
    public static LogSample? Read(string path, out string fault)
    {
        fault = "";
        if (path == InputFile.StandardInput)
            fault = "standard input needs a configuration that says its format: --config F";
        else if (SourceFiles.FaultOf(path) is { } problem)
            fault = $"{path} {problem}";
        if (fault.Length > 0)
            return null;
        var bytes = Head(path, out fault);
        if (fault.Length > 0)
            return null;
        var lines = Lines(bytes).Take(LinesForFormat).ToList();
        if (lines.Count == 0)
        {
            fault = $"{path} is empty";
            return null;
        }
        if (FormatRecognition.Recognise(lines) is not var (options, name, share))
        {
            fault = $"{path}: no known format fits its first {lines.Count} lines; say its format in "
                + "a configuration (whosaw init writes a draft for others)";
            return null;
        }
        return new LogSample(path, bytes, options, name, share);
    }

    /// <summary>Lets an inference see every request of the sample; how many there were.</summary>
    public long Feed(RouteInference inference)
    {
        var format = FormatCatalog.Create(Options)!;
        var fields = new LineFields();
        format.BeginBlock(default);
        long fed = 0;
        foreach (var line in Lines(_bytes))
        {
            fields.Clear();
            if (format.Parse(line, fields) != RejectReason.None)
                continue;
            inference.Add(fields.Get(LineField.Method, line), fields.Get(LineField.Target, line), fields.Status);
            fed++;
        }
        return fed;
    }

    public TimeZoneInfo? Zone() => Lines(_bytes).Take(20)
        .Select(line => DisplayZone.Sniff(System.Text.Encoding.UTF8.GetString(line)))
        .FirstOrDefault(zone => zone is not null);

    /// <summary>
    /// The zone that the times of a file's first lines are written in; null when they do not say, or it is UTC.
    /// </summary>
    public static TimeZoneInfo? ZoneOf(string path)
    {
        var bytes = Head(path, out var fault, 16 * 1024);
        return fault.Length > 0 ? null : DisplayZone.Sniff(System.Text.Encoding.UTF8.GetString(bytes));
    }

    private static byte[] Head(string path, out string fault, int most = MostBytes)
    {
        fault = "";
        var buffer = new byte[most];
        var used = 0;
        try
        {
            using var stream = SourceStreams.OpenDecompressed(path);
            while (used < most && stream.Read(buffer, used, most - used) is var got and > 0)
                used += got;
        }
        catch (InvalidDataException)
        {
            // A cut-off file is told of when it is read; its beginning is sample enough.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = $"{path}: {problem.Message}";
        }
        return buffer[..used];
    }

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0)
                end = bytes.Length;
            var line = bytes.AsSpan(start, end - start).TrimEnd((byte)'\r');
            if (!line.IsEmpty)
                yield return line.ToArray();
            start = end + 1;
        }
    }
}
