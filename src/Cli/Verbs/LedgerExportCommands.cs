using System.CommandLine;
using System.Globalization;
using WhoSaw.Cli.Scanning;
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
        var where = new Option<string?>("--where")
        {
            Description = "Records that match this expression; makes an excerpt.",
            HelpName = "EXPR",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Records from this time on; makes an excerpt.",
            HelpName = "TIME",
        };
        var to = new Option<string?>("--to") { Description = "Records before this time.", HelpName = "TIME" };
        var excerpt = new Option<bool>("--excerpt")
        {
            Description = "Only the records of the findings, not the whole segments of their time.",
        };
        var incident = new Option<string?>("--case")
        {
            Description = "A case: the records of its findings, and what happened in it.",
            HelpName = "N",
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
            ledger, finding, incident, where, from, to, excerpt, output, options.Reason, options.By,
        };
        command.SetAction(parsed => new ExportVerb(host, Watching.Of(host, parsed, options)).Run(
            parsed.GetValue(ledger)!, parsed.GetValue(output)!, new ExportWish(
                parsed.GetValue(finding) ?? [], parsed.GetValue(where), parsed.GetValue(from), parsed.GetValue(to),
                parsed.GetValue(excerpt), parsed.GetValue(incident))));
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
            var path = parsed.GetValue(bundle)!;
            if (!File.Exists(path))
                return host.Fail(ExitStatus.Usage, $"there is no file {path}");
            if (!LedgerKeys.TryRead(parsed.GetValue(key), out var trusted, out var fault))
                return host.Fail(ExitStatus.Usage, fault);
            Write(host.Out, BundleCheck.Run(path, trusted), trusted, out var sound);
            return sound ? ExitStatus.Nothing : ExitStatus.Findings;
        });
        return command;
    }

    private static void Write(TextWriter page, BundleReport report, string? trusted, out bool sound)
    {
        sound = report.Faults.Count == 0;
        if (report.Head is { } head)
            page.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{head.Origin}: {head.Size:#,0} entries; here {report.Entries:#,0} entries, "
                + $"{report.Files:#,0} files and {report.Excerpts:#,0} excerpts of files"));
        page.WriteLine($"key {report.Key}"
            + (trusted is null ? "   (named by the bundle itself: compare it with your copy)" : ""));
        foreach (var fault in report.Faults)
            page.WriteLine($"WRONG: {fault}");
        if (sound && report.Excerpts > 0)
            page.WriteLine("An excerpt proves what was given out and from which files; that its rows stand there, and "
                + "that there are no others, only the files themselves prove.");
        page.WriteLine(sound ? "everything agrees" : $"{report.Faults.Count} faults");
    }
}

/// <summary>What is to be exported; with nothing in it, everything.</summary>
internal sealed record ExportWish(
    IReadOnlyList<string> Findings, string? Where, string? From, string? To, bool Excerpt, string? Case);

/// <summary><c>whosaw ledger export</c>.</summary>
internal sealed class ExportVerb(Host host, Watching who)
{
    public int Run(string directory, string path, ExportWish wish)
    {
        var ledger = LedgerContents.Read(directory);
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        if (File.Exists(path))
            return host.Fail(ExitStatus.Usage, $"{path} exists and was left alone");
        if (wish.Case is { } id)
        {
            var named = CaseEntries.Findings(directory, id);
            if (named.Count + wish.Findings.Count == 0 && wish.Where is null)
                return host.Fail(
                    ExitStatus.Usage, $"case {id} names no finding: say with --where which records it is about");
            wish = wish with { Findings = [.. wish.Findings.Union(named)], Excerpt = true };
        }
        var isExcerpt = wish.Excerpt || wish.Where is not null || wish.From is not null || wish.To is not null;
        if (!isExcerpt)
            return Say(directory, path, wish, BundleWriter.Write(directory, wish.Findings, path));
        if (ExportedRecords.Of(ledger, wish, DisplayZone.Read(directory), host) is not var (records, words))
            return ExitStatus.Usage;
        return Say(directory, path, wish, BundleWriter.WriteExcerpt(directory, LedgerKeys.Options(), new ExcerptRequest
        {
            Records = records,
            Where = words,
            Findings = wish.Findings,
            Case = wish.Case,
            Reason = who.Reason,
            By = who.By,
            Now = who.Now,
        }, path));
    }

    private int Say(string directory, string path, ExportWish wish, BundleSummary summary)
    {
        who.Record(directory, new EvidenceExported(summary.Sha256, wish.Findings, summary.Files, who.Reason, who.By));
        host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {summary.Files:#,0} files, {summary.Entries:#,0} journal entries with their proofs, "
            + $"head at {summary.Head.Size:#,0} entries."));
        if (summary.Rows is { } rows)
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"An excerpt of {rows:#,0} records; README.txt in it says what it proves and what not."));
        host.Out.WriteLine($"SHA-256 {summary.Sha256}");
        host.Out.WriteLine($"Check it with: whosaw ledger check {path}   or: python3 verify_bundle.py {path}");
        return ExitStatus.Nothing;
    }
}
