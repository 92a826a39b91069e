using System.Globalization;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Measuring;

/// <summary>Whether the rate stays as the log grows: one scan each of 2, 10 and 50 million lines.</summary>
public static class CurveVerb
{
    public static int Run(Arguments arguments)
    {
        var parent = arguments.Text("folder", Path.GetTempPath());
        var whosaw = Repository.WhoSaw(arguments);
        Console.WriteLine("| lines | wall s | peak MB | lines/s | bytes a record |\n|--:|--:|--:|--:|--:|");
        foreach (var text in arguments.Text("millions", "2,10,50").Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var millions) || millions == 0)
                throw new UsageException("--millions takes whole numbers joined by commas");
            var folder = Directory.CreateDirectory(Path.Combine(parent, $"whosaw-curve-{text}"));
            try
            {
                Console.WriteLine(Row(whosaw, folder.FullName, millions * 1_000_000L));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        return 0;
    }

    private static string Row(string whosaw, string folder, long lines)
    {
        var log = Path.Combine(folder, "web.log");
        var ledger = Path.Combine(folder, "ledger");
        MakeVerb.Make(new MakeOptions(log, lines, Seed: 1, Routes: 100, Gzip: false, Members: false));
        var scan = new ScanRun(whosaw, Path.Combine(folder, "whosaw.yaml"), ledger);
        var row = Measurement.Take("scan", lines, new FileInfo(log).Length, 1, () => scan.Run(), scan.Fault);
        var perRecord = SizesVerb.Table(ledger).Split('\n')[0].Split(": ")[1];
        var cost = string.Create(CultureInfo.InvariantCulture, $"{row.Cost.WallSeconds:0.0} | {row.Cost.PeakBytes / 1e6:0}");
        return string.Create(CultureInfo.InvariantCulture, $"| {lines:#,0} | {cost} | {row.LinesPerSecond:#,0} | {perRecord} |");
    }
}
