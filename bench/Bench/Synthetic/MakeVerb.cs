using System.Globalization;
using System.IO.Compression;

namespace WhoSaw.Bench.Synthetic;

/// <summary>What <c>make</c> is asked for.</summary>
/// <param name="File">The log; <c>whosaw.yaml</c> is written beside it.</param>
/// <param name="Members">Also writes members.csv with all ten million accounts.</param>
public sealed record MakeOptions(string File, long Lines, ulong Seed, int Routes, bool Gzip, bool Members);

/// <summary>Writes a synthetic log and the configuration that reads it.</summary>
public static class MakeVerb
{
    private const int BufferSize = 1 << 20;

    public static int Run(Arguments arguments)
    {
        var gzip = arguments.Has("gzip");
        var file = arguments.Required("out");
        if (gzip && !file.EndsWith(".gz", StringComparison.Ordinal))
            file += ".gz";
        var routes = arguments.Number("routes", 100);
        if (routes is < 1 or > 2000)
            throw new UsageException("--routes takes 1 to 2000");
        Make(new MakeOptions(file, arguments.Number("lines", 2_000_000), (ulong)arguments.Number("seed", 1),
            (int)routes, gzip, arguments.Has("members")));
        return 0;
    }

    public static void Make(MakeOptions options)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.File))!;
        Directory.CreateDirectory(folder);
        var routes = MemberRoutes.Make(options.Routes);
        using (var file = new FileStream(options.File, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
        {
            var log = new CombinedLog(options.Seed, routes);
            if (options.Gzip)
            {
                using var gzip = new GZipStream(file, CompressionLevel.Fastest);
                log.Write(gzip, options.Lines);
            }
            else
                log.Write(file, options.Lines);
        }
        WriteConfiguration(Path.Combine(folder, "whosaw.yaml"), options, routes);
        if (options.Members)
            WriteMembers(Path.Combine(folder, "members.csv"));
    }

    private static void WriteConfiguration(string path, MakeOptions options, IReadOnlyList<MemberRoute> routes)
    {
        string[] head =
        [
            "version: 1",
            "sources:",
            "  - id: web",
            "    kind: access",
            $"    path: {Path.GetFileName(options.File)}",
            "    format: combined",
            "routes:",
        ];
        var accounts = options.Members ? new[] { "accounts: members.csv" } : [];
        var lines = head.Concat(routes.Select(route => route.Yaml)).Concat(accounts);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    private static void WriteMembers(string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("account,status");
        for (var account = 10_000_000; account < 20_000_000; account++)
        {
            writer.Write(account.ToString(CultureInfo.InvariantCulture));
            var draw = Dice.Mix((ulong)account) % 1000;
            writer.WriteLine(draw switch { 0 => ",canary", < 270 => ",dormant", _ => ",active" });
        }
    }
}
