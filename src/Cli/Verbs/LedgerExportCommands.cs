using System.CommandLine;
using System.Globalization;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw ledger export</c> and <c>check</c>: evidence for somebody who does not trust us.</summary>
internal static class LedgerExportCommands
{
    public static Command Export(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var finding = new Option<string[]>("--finding")
        {
            Description = "A finding's id, as often as needed; the whole ledger otherwise.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The bundle to write, a ZIP file.",
            HelpName = "BUNDLE",
            Required = true,
        };
        var options = Watching.Options();
        var command = new Command("export", "Write a bundle that anybody can check offline.")
        {
            ledger, finding, output, options.Reason, options.By,
        };
        command.SetAction(parsed =>
        {
            var who = Watching.Of(host, parsed, options);
            var (directory, path) = (parsed.GetValue(ledger)!, parsed.GetValue(output)!);
            if (!who.MayLook(LedgerContents.Read(directory)))
                return ExitStatus.Usage;
            if (File.Exists(path))
                return host.Fail(ExitStatus.Usage, $"{path} exists and was left alone");
            var findings = parsed.GetValue(finding) ?? [];
            var summary = BundleWriter.Write(directory, findings, path);
            who.Record(directory, new EvidenceExported(summary.Sha256, findings, summary.Files, who.Reason, who.By));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {summary.Files:#,0} files, {summary.Entries:#,0} journal entries with their proofs, "
                + $"head at {summary.Head.Size:#,0} entries."));
            host.Out.WriteLine($"SHA-256 {summary.Sha256}");
            host.Out.WriteLine($"Check it with: whosaw ledger check {path}   or: python3 verify_bundle.py {path}");
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command Check(Host host)
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "A bundle that export wrote." };
        var key = new Option<string?>("--key")
        {
            Description = "The public key to trust, as text or in a file.",
            HelpName = "KEY",
        };
        var command = new Command("check", "Check a bundle, with nothing but itself.") { bundle, key };
        command.SetAction(parsed =>
        {
            var (path, trusted) = (parsed.GetValue(bundle)!, parsed.GetValue(key));
            if (!File.Exists(path))
                return host.Fail(ExitStatus.Usage, $"there is no file {path}");
            var report = BundleCheck.Run(
                path, trusted is not null && File.Exists(trusted) ? File.ReadAllText(trusted).Trim() : trusted);
            if (report.Head is { } head)
                host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{head.Origin}: {head.Size:#,0} entries; "
                    + $"here {report.Entries:#,0} entries and {report.Files:#,0} files"));
            host.Out.WriteLine($"key {report.Key}"
                + (trusted is null ? "   (named by the bundle itself: compare it with your copy)" : ""));
            foreach (var fault in report.Faults)
                host.Out.WriteLine($"WRONG: {fault}");
            host.Out.WriteLine(report.Faults.Count == 0 ? "everything agrees" : $"{report.Faults.Count} faults");
            return report.Faults.Count == 0 ? ExitStatus.Nothing : ExitStatus.Findings;
        });
        return command;
    }
}
