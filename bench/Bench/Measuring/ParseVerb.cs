#if HAS_FORMATS
using WhoSaw.Intake.Formats;
#endif

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// Parses a combined log through Intake's format and nothing else: what the pipeline could do at best.
/// </summary>
public static class ParseVerb
{
    public static int Run(Arguments arguments)
    {
        if (arguments.Words is not [var file])
            throw new UsageException("parse takes one file");
        var threads = (int)arguments.Number("threads", Environment.ProcessorCount);
        var size = new FileInfo(file).Length;
        var lines = new long[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads },
            part => lines[part] = ParsePart(file, size * part / threads, size * (part + 1) / threads));
        Console.WriteLine($"{lines.Sum()} lines");
        return 0;
    }

    // SEAM: alive as soon as src/Intake/Formats/FormatCatalog.cs is there (see Bench.csproj)
#if HAS_FORMATS
    public static bool IsAvailable => true;

    /// <summary>
    /// The lines that begin in a stretch of the file; a rejected line is a fault, for every line is well formed.
    /// </summary>
    private static long ParsePart(string path, long from, long to)
    {
        var format = FormatCatalog.Create(new FormatOptions("combined"))
            ?? throw new MeasurementException("no format of the name combined");
        var fields = new LineFields();
        format.BeginBlock(default);
        long lines = 0;
        foreach (var block in new LineBlocks(path, from, to))
        {
            ReadOnlySpan<byte> rest = block.Span;
            while (rest.IndexOf((byte)'\n') is var end && end >= 0)
            {
                fields.Clear();
                if (format.Parse(rest[..end], fields) != RejectReason.None)
                    throw new MeasurementException("a line of the made log did not parse");
                rest = rest[(end + 1)..];
                lines++;
            }
        }
        return lines;
    }
#else
    public static bool IsAvailable => false;

    private static long ParsePart(string path, long from, long to) =>
        throw new MeasurementException($"no formats in this build to read {path} from {from} to {to}");
#endif
}
