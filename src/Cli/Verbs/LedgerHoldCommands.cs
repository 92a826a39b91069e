using System.CommandLine;
using System.Globalization;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw ledger hold, release, retain, erase</c>: what may not go, and what goes.</summary>
internal static class LedgerHoldCommands
{
    public static Command Hold(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var from = new Option<string?>("--from")
        {
            Description = "From this time on; since ever otherwise.",
            HelpName = "TIME",
        };
        var to = new Option<string?>("--to")
        {
            Description = "Before this time; for ever otherwise.",
            HelpName = "TIME",
        };
        var source = new Option<string?>("--source") { Description = "One source only.", HelpName = "ID" };
        var options = Watching.Options();
        var command = new Command(
            "hold", "Order that nothing be removed; effective at once, also for a removal that is running.")
        {
            ledger, from, to, source, options.Reason, options.By,
        };
        command.SetAction(parsed =>
        {
            var who = Watching.Of(host, parsed, options);
            var directory = parsed.GetValue(ledger)!;
            if (!who.HasReason())
                return ExitStatus.Usage;
            var zone = DisplayZone.Read(directory);
            if (!MomentText.TryRead(parsed.GetValue(from), zone, out var begin)
                || !MomentText.TryRead(parsed.GetValue(to), zone, out var end)
                || (begin is { } first && end is { } last && first >= last))
                return host.Fail(
                    ExitStatus.Usage,
                    "--from and --to take a time such as 2025-04-12T00:00:00+09:00, or a day; --from lies before --to");
            var id = Holds.Place(
                directory, LedgerKeys.Options(), begin, end, parsed.GetValue(source), who.Reason!, who.By, who.Now);
            host.Out.WriteLine(
                $"Hold {id} holds. Release it with: whosaw ledger release {id} --ledger {directory} --reason TEXT");
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command Release(Host host)
    {
        var id = new Argument<string>("ID") { Description = "The hold's id." };
        var ledger = CommonOptions.Ledger(required: true);
        var options = Watching.Options();
        var command = new Command("release", "End a hold.") { id, ledger, options.Reason, options.By };
        command.SetAction(parsed =>
        {
            var who = Watching.Of(host, parsed, options);
            if (!who.HasReason())
                return ExitStatus.Usage;
            Holds.Release(
                parsed.GetValue(ledger)!, LedgerKeys.Options(), parsed.GetValue(id)!, who.Reason!, who.By, who.Now);
            host.Out.WriteLine($"Hold {parsed.GetValue(id)} is released.");
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command Retain(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var days = new Option<int>("--days")
        {
            Description = "Keep the records of so many days; two years unless said.",
            HelpName = "N",
            DefaultValueFactory = _ => Retention.DefaultDays,
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 36_500)
                result.AddError("--days takes a number from 1 to 36500.");
        });
        var options = Watching.Options();
        var command = new Command("retain", "Remove records that are older, unless a hold covers them.")
        {
            ledger, days, options.By,
        };
        command.SetAction(parsed =>
        {
            var (count, now) = (parsed.GetValue(days), EventTime.From(host.Clock.GetUtcNow()));
            var outcome = Retention.Run(
                parsed.GetValue(ledger)!, LedgerKeys.Options(), now.Plus(-count * EventTime.Day),
                string.Create(CultureInfo.InvariantCulture, $"retention of {count} days"),
                parsed.GetValue(options.By)!, now);
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Removed {outcome.Records:#,0} records in {outcome.Segments:#,0} segments and "
                + $"{outcome.RejectFiles:#,0} files of rejected lines and {outcome.Logs:#,0} kept logs; "
                + $"{outcome.Held:#,0} files are held."));
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command Erase(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var person = new Option<string>("--person")
        {
            Description = "The account, as the logs write it.",
            HelpName = "ID",
            Required = true,
        };
        var options = Watching.Options();
        var command = new Command(
            "erase", "Take one person's records out on request; refused where a hold covers them.")
        {
            ledger, person, options.Reason, options.By,
        };
        command.SetAction(parsed =>
        {
            var who = Watching.Of(host, parsed, options);
            if (!who.HasReason())
                return ExitStatus.Usage;
            var id = parsed.GetValue(person)!;
            var outcome = Erasure.Run(parsed.GetValue(ledger)!, LedgerKeys.Options(), new ErasureRequest(
                id, Watching.PersonMark(id), who.Reason!, who.By, who.Now));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Erased {outcome.Records:#,0} records; {outcome.Files:#,0} files were written anew. "
                + $"Rejected lines and findings are not searched."));
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command Policy(Host host)
    {
        var name = new Argument<string>("POLICY")
        {
            Description = "require-reason: looking at people's data needs --reason.",
        };
        name.AcceptOnlyFromAmong(LedgerPolicies.RequireReason);
        var state = new Argument<string>("STATE") { Description = "on or off." };
        state.AcceptOnlyFromAmong("on", "off");
        var ledger = CommonOptions.Ledger(required: true);
        var options = Watching.Options();
        var command = new Command("policy", "Set a rule for those who use the ledger.")
        {
            name, state, ledger, options.By,
        };
        command.SetAction(parsed =>
        {
            new Watching(host, parsed.GetValue(options.By)!, null).Record(
                parsed.GetValue(ledger)!,
                new PolicySet(parsed.GetValue(name)!, parsed.GetValue(state) == "on", parsed.GetValue(options.By)!));
            host.Out.WriteLine($"{parsed.GetValue(name)} is {parsed.GetValue(state)}.");
            return ExitStatus.Nothing;
        });
        return command;
    }
}
