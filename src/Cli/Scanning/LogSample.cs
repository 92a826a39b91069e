using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>The first lines of a log, and what they tell: its format, its routes, the offset of its times.</summary>
internal sealed class LogSample
{
    private const int MostBytes = 32 << 20;
    private const int LinesForFormat = 400;
    private const int LongestLine = 1 << 16;

    private readonly byte[] _bytes;

    private LogSample(string path, byte[] bytes, FormatOptions options, string name, double share) =>
        (Path, _bytes, Options, FormatName, Share) = (path, bytes, options, name, share);

    public string Path { get; }

    /// <summary>
    /// The file is compressed and breaks off within what was looked at; the rest of it is not to be had.
    /// </summary>
    public bool IsCutOff { get; private init; }
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
        var bytes = Head(path, out fault, out var isCutOff);
        if (fault.Length > 0)
            return null;
        if (bytes.Length == 0)
            fault = $"{path} is empty";
        else if (Recognise(bytes) is var (options, name, share))
            return new LogSample(path, bytes, options, name, share) { IsCutOff = isCutOff };
        else
            fault = $"{path}: no known format fits its first lines. Is it plain text, gzip or zstd, in UTF-8? Then say "
                + "how it reads in a configuration: format: json with fields:, or a format string "
                + "(docs/formats/logs.md)";
        return null;
    }

    /// <summary>Cuts the bytes as each framing would; a format counts where the framing is its own.</summary>
    private static (FormatOptions Options, string Name, double Share)? Recognise(byte[] bytes)
    {
        (FormatOptions Options, string Name, double Share)? best = null;
        foreach (var framing in Enum.GetValues<Framing>())
            if (FormatRecognition.Recognise([.. Lines(bytes, framing).Take(LinesForFormat)]) is { } found
                && FormatCatalog.Create(found.Options)!.Framing == framing
                && (best is null || found.Share > best.Value.Share))
                best = found;
        return best;
    }

    /// <summary>Lets an inference see every request of the sample; how many there were.</summary>
    public long Feed(RouteInference inference)
    {
        var format = FormatCatalog.Create(Options)!;
        var fields = new LineFields();
        format.BeginBlock(default);
        long fed = 0;
        foreach (var line in Lines(_bytes, format.Framing))
        {
            fields.Clear();
            if (format.Parse(line, fields) != RejectReason.None)
                continue;
            inference.Add(fields.Get(LineField.Method, line), fields.Get(LineField.Target, line), fields.Status);
            fed++;
        }
        return fed;
    }

    public TimeZoneInfo? Zone() => Lines(_bytes, Framing.Lines).Take(20)
        .Select(line => DisplayZone.Sniff(System.Text.Encoding.UTF8.GetString(line)))
        .FirstOrDefault(zone => zone is not null);

    /// <summary>
    /// The zone that the times of a file's first lines are written in; null when they do not say, or it is UTC.
    /// </summary>
    public static TimeZoneInfo? ZoneOf(string path)
    {
        var bytes = Head(path, out var fault, out _, 16 * 1024);
        return fault.Length > 0 ? null : DisplayZone.Sniff(System.Text.Encoding.UTF8.GetString(bytes));
    }

    private static byte[] Head(string path, out string fault, out bool isCutOff, int most = MostBytes)
    {
        (fault, isCutOff) = ("", false);
        var buffer = new byte[most];
        var used = 0;
        try
        {
            using var stream = SourceStreams.OpenDecompressed(path);
            while (used < most && stream.Read(buffer, used, most - used) is var got and > 0)
                used += got;
        }
        catch (Exception cut) when (cut is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            // its beginning is sample enough
            isCutOff = true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = $"{path}: {problem.Message}";
        }
        return used == most ? buffer : buffer[..used];
    }

    private static IEnumerable<byte[]> Lines(byte[] bytes, Framing framing)
    {
        var records = new RecordLines(framing, new MemoryStream(bytes));
        while (Next(records) is { } line)
            yield return line;
    }

    private static byte[]? Next(RecordLines records) =>
        records.TryNext(out var line) ? line[..Math.Min(line.Length, LongestLine)].ToArray() : null;
}
