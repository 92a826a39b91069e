using System.Text.RegularExpressions;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Verbs;

/// <summary>A format that was recognised in a sample, and a reader of its lines.</summary>
internal sealed record RecognisedFormat(
    string Name, IReadOnlyDictionary<string, string> Fields, double Share, LineFormat Reader);

/// <summary><c>whosaw init LOG…</c>: drafts a configuration from logs.</summary>
/// <param name="recognise">Finds the format of sample lines; null when no format reads them.</param>
internal sealed partial class InitVerb(Func<IReadOnlyList<byte[]>, RecognisedFormat?> recognise)
{
    private const int RecognitionLines = 400;
    private const int MostLines = 200_000;

    private readonly RouteInference _inference = new();
    private readonly List<(string Path, RecognisedFormat Format)> _read = [];

    /// <summary>
    /// Writes the draft to <paramref name="output"/> and what could not be read to <paramref name="errors"/>. 0; 2 when
    /// nothing could be drafted; 3 when some of the logs could not be read.
    /// </summary>
    public int Run(IReadOnlyList<string> logs, TextWriter output, TextWriter errors)
    {
        var faults = new List<string>();
        var files = new List<SourceFile>();
        foreach (var log in logs)
        {
            var source = new SourceOptions { Id = "access", Path = log, Format = "" };
            var (found, missing) = SourceFiles.Expand(source, Directory.GetCurrentDirectory());
            files.AddRange(found);
            faults.AddRange(missing);
        }
        foreach (var file in files)
            ReadFile(file, Math.Max(1000, MostLines / files.Count), faults);
        foreach (var fault in faults)
            errors.WriteLine(fault);
        if (_read.Count == 0)
        {
            errors.WriteLine(logs.Count == 0
                ? "init needs logs: whosaw init LOG…"
                : "no log could be understood: nothing is drafted");
            return 2;
        }
        ConfigurationDraft.Write(output, [.. Sources()], _inference.Infer());
        return faults.Count == 0 ? 0 : 3;
    }

    private void ReadFile(SourceFile file, int most, List<string> faults)
    {
        var sample = new List<byte[]>();
        SampleLines.Read(file.Path, RecognitionLines, line => sample.Add(line.ToArray()));
        if (recognise(sample) is not { } format)
        {
            faults.Add($"{file.Display}: no known format reads its lines");
            return;
        }
        var fields = new LineFields();
        var prefix = format.Reader.DirectivePrefix.ToArray();
        var fault = SampleLines.Read(file.Path, most, line =>
        {
            if (prefix.Length > 0 && line.StartsWith(prefix))
            {
                format.Reader.BeginBlock(line);
                return;
            }
            fields.Clear();
            if (format.Reader.Parse(line, fields) == RejectReason.None)
                _inference.Add(fields.Get(LineField.Method, line), fields.Get(LineField.Target, line), fields.Status);
        });
        if (fault is not null)
            faults.Add(fault);
        _read.Add((file.Display, format));
    }

    // One source for each format; files of a series, which differ by a date or a number, become one pattern.
    private IEnumerable<DraftSource> Sources()
    {
        var formats = _read
            .GroupBy(log => log.Format.Name + "\n" + FieldsText(log.Format), StringComparer.Ordinal).ToList();
        foreach (var format in formats)
        {
            var first = format.First().Format;
            var paths = format.Select(log => log.Path).Distinct(StringComparer.Ordinal)
                .GroupBy(SeriesOf, StringComparer.Ordinal)
                .Select(series => PatternOf([.. series]));
            var id = formats.Count == 1 ? "access" : $"access-{formats.IndexOf(format) + 1}";
            yield return new DraftSource(id, [.. paths], first.Name, first.Fields);
        }
    }

    private static string FieldsText(RecognisedFormat format) =>
        string.Join('\n', format.Fields.OrderBy(field => field.Key, StringComparer.Ordinal));

    private static string PatternOf(string[] series)
    {
        if (series.Length == 1)
            return series[0];
        var pattern = SeriesOf(series[0]);
        return series.Any(path => Rotation().Match(path).Length > 0)
            ? pattern
            : pattern.Replace(".log*", ".log", StringComparison.Ordinal);
    }

    private static string SeriesOf(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return path[..name] + Rotation().Replace(Date().Replace(path[name..], "*"), "*");
    }

    [GeneratedRegex(@"\d{4}[-_.]?\d{2}[-_.]?\d{2}([-_.T]?\d{2}){0,3}")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<=\.log)(\.\d+)?(?=$|\.gz$|\.zst$)")]
    private static partial Regex Rotation();
}
