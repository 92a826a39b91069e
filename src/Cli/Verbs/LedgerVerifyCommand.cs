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
        var authority = new Option<string?>("--authority")
        {
            Description = "The certificate of the authority whose time stamps to trust, or of its issuer.",
            HelpName = "F",
        };
        var digests = new Option<bool>("--digests-only")
        {
            Description = "Faster: leave out what files say, and hold only them, the tree and the signature.",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Files that are hashed at the same time.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("verify", "Recompute everything, and say what is wrong and since which entry.")
        {
            ledger, against, key, authority, digests, threads,
        };
        command.SetAction(parsed =>
        {
            var (older, certificate) = (parsed.GetValue(against), parsed.GetValue(authority));
            if (new[] { older, certificate }.FirstOrDefault(path => path is not null && !File.Exists(path)) is { } none)
                return host.Fail(ExitStatus.Usage, $"there is no file {none}");
            if (!LedgerKeys.TryRead(parsed.GetValue(key), out var trusted, out var fault))
                return host.Fail(ExitStatus.Usage, "--key: " + fault);
            return Run(host, parsed.GetValue(ledger)!, new VerificationOptions
            {
                Key = trusted ?? LedgerKeys.Trusted(),
                Against = older is null ? null : File.ReadAllBytes(older),
                Authority = certificate is null ? null : File.ReadAllBytes(certificate),
                DigestsOnly = parsed.GetValue(digests),
                Threads = Math.Max(1, parsed.GetValue(threads)),
            });
        });
        return command;
    }

    private static int Run(Host host, string directory, VerificationOptions options)
    {
        using var progress = new ProgressLine(
            host.Error, !Console.IsErrorRedirected, Console.IsErrorRedirected ? 100 : Console.WindowWidth, host.Clock,
            Language.English);
        var began = host.Clock.GetTimestamp();
        var report = LedgerVerification.Run(directory, options with
        {
            Progress = (done, total) => progress.Report(done, total, 0),
        });
        progress.Dispose();
        Write(host.Out, report, options, host.Clock.GetElapsedTime(began).TotalSeconds);
        return report.IsSound ? ExitStatus.Nothing : ExitStatus.Findings;
    }

    private static void Write(TextWriter page, VerificationReport report, VerificationOptions options, double seconds)
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
        foreach (var stamp in report.Stamps)
            page.WriteLine($"  stamp  {stamp}");
        if (report.IsSound)
            page.WriteLine("  sound  Every file, every entry, the root and the signature agree."
                + (options.DigestsOnly ? "" : " The totals are those of the records.")
                + (options.Against is not null ? " The older checkpoint is a prefix." : ""));
        else if (report.SoundUpTo is { } first)
            page.WriteLine($"  Entries before {first} are not in doubt.");
        page.WriteLine();
        if (report is { IsSound: true, Head: { } known })
            page.WriteLine($"  root  {known.Root}\n  Keep a copy of the file checkpoint elsewhere: "
                + "verify --against it proves later that the past was not rewritten.\n");
    }
}
