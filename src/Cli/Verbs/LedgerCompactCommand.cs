using System.CommandLine;
using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw ledger compact</c>: few large segments of many small ones.</summary>
internal static class LedgerCompactCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var options = Watching.Options();
        var command = new Command("compact", "Join the small segments of each day; no record is changed.")
        {
            ledger, options.By,
        };
        command.SetAction(parsed =>
        {
            var outcome = Compaction.Run(
                parsed.GetValue(ledger)!, LedgerKeys.Options(), parsed.GetValue(options.By)!,
                EventTime.From(host.Clock.GetUtcNow()));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{outcome.From:#,0} segments of {outcome.Records:#,0} records became {outcome.To:#,0}; "
                + $"{outcome.Held:#,0} are held and were left alone."));
            return ExitStatus.Nothing;
        });
        return command;
    }
}
