using System.CommandLine;
using System.Globalization;
using System.Text;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary>Who looks at people's data, and why: an entry in the journal each time.</summary>
internal sealed record Watching(Host Host, string By, string? Reason)
{
    private const int LongestReason = 500;

    public static (Option<string?> Reason, Option<string> By) Options() => (
        new Option<string?>("--reason")
        {
            Description = "Why, for the journal; do not name the person whose data it is.",
            HelpName = "TEXT",
        },
        new Option<string>("--by")
        {
            Description = "Who, for the journal; the name of the user otherwise.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.UserName,
        });

    public static Watching Of(
        Host host, ParseResult parsed, (Option<string?> Reason, Option<string> By) options) =>
        new(host, parsed.GetValue(options.By)!, parsed.GetValue(options.Reason));

    public EventTime Now => EventTime.From(Host.Clock.GetUtcNow());

    /// <summary>False, after saying so, when the ledger asks for a reason and none is given.</summary>
    public bool MayLook(LedgerContents ledger)
    {
        if (Reason?.Length > LongestReason)
        {
            Host.Fail(ExitStatus.Usage, $"--reason takes at most {LongestReason} letters");
            return false;
        }
        if (!ledger.RequiresReason || !string.IsNullOrWhiteSpace(Reason))
            return true;
        Host.Fail(ExitStatus.Usage, "this ledger asks why: say it with --reason");
        return false;
    }

    /// <summary>The same for acts that always need a reason.</summary>
    public bool HasReason()
    {
        if (!string.IsNullOrWhiteSpace(Reason) && Reason.Length <= LongestReason)
            return true;
        Host.Fail(ExitStatus.Usage, $"say why with --reason, in at most {LongestReason} letters");
        return false;
    }

    /// <summary>Durable when this returns, and before anything is shown.</summary>
    public void Record(string directory, JournalEntry entry) =>
        LedgerJournal.Append(directory, LedgerKeys.Options(), entry with { Time = Now });

    /// <summary>
    /// What the journal says of a person: a keyed fingerprint, so that nobody without the key can try out ids.
    /// </summary>
    public static string PersonMark(string id)
    {
        var path = ScanVerb.KeyPath() ?? throw new LedgerException(
            "This user has no configuration folder, so there is no key to note whose data is looked at.");
        var key = FingerprintKey.LoadOrCreate(path, out var fault) ?? throw new LedgerException(fault);
        return key.Of(Encoding.UTF8.GetBytes("person " + id)).ToString("x16", CultureInfo.InvariantCulture);
    }
}
