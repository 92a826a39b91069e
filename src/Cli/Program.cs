using System.CommandLine;
using WhoSaw.Cli;
using WhoSaw.Cli.Verbs;
using WhoSaw.Ledger;

var host = new Host(
    Console.Out, Console.Error, Console.OpenStandardInput, Console.OpenStandardOutput, TimeProvider.System);
var root = new RootCommand("WhoSaw tells a company that holds customers' personal data who saw whose data.")
{
    InitCommand.Create(host), ScanCommand.Create(host), WatchCommand.Create(host),
    ParseCommand.Create(host), ScopeCommand.Create(host),
    PersonCommand.Create(host), ExplainCommand.Create(host), LedgerCommand.Create(host),
    CanaryCommand.Create(host), CaseCommand.Create(host), SimulateCommand.Create(host), ScoreCommand.Create(host),
    TuneCommand.Create(host),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && args.Length > 0)
{
    foreach (var fault in UsageFaults.Of(parsed))
        host.Error.WriteLine("whosaw: " + fault);
    var verbs = parsed.CommandResult.Path().Skip(1);
    host.Error.WriteLine($"Try: {string.Join(' ', (string[])["whosaw", .. verbs, "--help"])}");
    return ExitStatus.Usage;
}
try
{
    return args.Length == 0 ? root.Parse("--help").Invoke()
        : parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (LedgerException fault)
{
    return host.Fail(ExitStatus.Usage, fault.Message);
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
{
    return host.Fail(ExitStatus.Usage, fault.Message);
}
