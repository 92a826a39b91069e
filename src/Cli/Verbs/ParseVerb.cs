using System.Text.Json;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// <c>whosaw parse</c>: one JSON object a line, in order, or <c>{"rejected": reason}</c>. A directive
/// (<c>#Fields</c>) and a blank line give nothing.
/// </summary>
public static class ParseVerb
{
    private const int Buffer = 1 << 20;

    /// <summary>
    /// Returns the exit status: 0, 2 for an unknown format, 3 for a file that cannot be read (the rest was).
    /// </summary>
    /// <param name="files">Paths; <c>-</c>, or none at all, is <paramref name="input"/>.</param>
    public static int Run(
        FormatOptions options, IReadOnlyList<string> files, Stream input, Stream output, TextWriter errors)
    {
        var format = FormatCatalog.Create(options);
        if (format is null)
        {
            foreach (var fault in FormatCatalog.Validate(options))
                errors.WriteLine(fault);
            return 2;
        }
        var status = 0;
        using var buffered = new BufferedStream(output, Buffer);
        foreach (var file in files.Count == 0 ? ["-"] : files)
        {
            format.BeginBlock(default);
            try
            {
                using var stream = file == "-"
                    ? SourceStreams.Decompress(input)
                    : SourceStreams.OpenDecompressed(file);
                ReadLines(format, stream, buffered);
            }
            catch (Exception fault) when (fault is UnauthorizedAccessException or FileNotFoundException
                or DirectoryNotFoundException || SourceStreams.FaultOf(fault) is not null)
            {
                errors.WriteLine($"whosaw: {file}: {ReasonOf(fault)}");
                status = 3;
            }
        }
        return status;
    }

    /// <summary>
    /// The same for a format by its name or string alone, with times in UTC where they say no offset.
    /// </summary>
    public static int Run(string format, IReadOnlyList<string> files, Stream input, Stream output, TextWriter errors) =>
        Run(new FormatOptions(format), files, input, output, errors);

    private static string ReasonOf(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "no permission",
        _ => SourceStreams.FaultOf(fault)!,
    };

    private static void ReadLines(LineFormat format, Stream input, Stream output)
    {
        var lines = new RecordLines(format.Framing, input);
        var fields = new LineFields();
        using var writer = new Utf8JsonWriter(output);
        while (lines.TryNext(out var line))
        {
            fields.Clear();
            var reason = lines.IsTooLong ? RejectReason.TooLong : format.Parse(line, fields);
            if (reason == RejectReason.Directive)
                continue;
            writer.Reset();
            LineJson.Write(writer, line, fields, reason);
            writer.Flush();
            output.WriteByte((byte)'\n');
        }
    }
}
