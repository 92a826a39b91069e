using System.CommandLine;
using System.Globalization;
using WhoSaw.Cli.Pages;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw ledger verify</c>: is everything as the journal says?</summary>
internal static class LedgerVerifyCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var against = new Option<string?>("--against")
        {
            Description = "An older checkpoint that was kept elsewhere: the ledger must be its continuation.",
            HelpName = "F",
        };
        var key = new Option<string?>("--key")
        {
            Description = "The public key to trust, as text or in a file; otherwise this machine's own, if it has one.",
            HelpName = "KEY",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Files that are hashed at the same time.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("verify", "Recompute everything, and say what is wrong and since which entry.")
        {
            ledger, against, key, threads,
        };
        command.SetAction(parsed => Run(
            host, parsed.GetValue(ledger)!, parsed.GetValue(against), parsed.GetValue(key), parsed.GetValue(threads)));
        return command;
    }

    private static int Run(Host host, string directory, string? against, string? key, int threads)
    {
        if (against is not null && !File.Exists(against))
            return host.Fail(ExitStatus.Usage, $"there is no file {against}");
        using var progress = new ProgressLine(
            host.Error, !Console.IsErrorRedirected, Console.IsErrorRedirected ? 100 : Console.WindowWidth, host.Clock,
            Language.English);
        var trusted = key is null ? LedgerKeys.Trusted() : File.Exists(key) ? File.ReadAllText(key).Trim() : key;
        var began = host.Clock.GetTimestamp();
        var report = LedgerVerification.Run(directory, new VerificationOptions
        {
            Key = trusted,
            Against = against is null ? null : File.ReadAllBytes(against),
            Threads = Math.Max(1, threads),
            Progress = (done, total) => progress.Report(done, total, 0),
        });
        progress.Dispose();
        Write(host.Out, report, against is not null, host.Clock.GetElapsedTime(began).TotalSeconds);
        return report.IsSound ? ExitStatus.Nothing : ExitStatus.Findings;
    }

    private static void Write(TextWriter page, VerificationReport report, bool against, double seconds)
    {
        page.WriteLine();
        if (report.Head is { } head)
            page.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {head.Origin} · {head.Size:#,0} entries · {report.Files:#,0} files · "
                + $"{report.Records:#,0} records · {report.Bytes / 1e6:#,0.0} MB in {seconds:0.0} s"));
        page.WriteLine($"  key   {report.Key}"
            + (report.KeyIsTrusted ? "" : "   (named by the ledger itself: compare it with your copy)"));
        page.WriteLine();
        foreach (var fault in report.Faults)
            page.WriteLine($"  WRONG  {fault}");
        foreach (var remark in report.Remarks)
            page.WriteLine($"  note   {remark}");
        if (report.IsSound)
            page.WriteLine("  sound  Every file, every entry, the root and the signature agree."
                + (against ? " The older checkpoint is a prefix." : ""));
        else if (report.SoundUpTo is { } first)
            page.WriteLine($"  Entries before {first} are not in doubt.");
        page.WriteLine();
        if (report is { IsSound: true, Head: { } known })
            page.WriteLine($"  root  {known.Root}\n  Keep a copy of the file checkpoint elsewhere: "
                + "verify --against it proves later that the past was not rewritten.\n");
    }
}
