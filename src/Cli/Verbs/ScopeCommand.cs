using System.CommandLine;

namespace WhoSaw.Cli.Verbs;

internal static class ScopeCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var finding = new Option<string[]>("--finding")
        {
            Description = "A finding's id, as often as needed; all open findings of people's data otherwise.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        var where = new Option<string?>("--where")
        {
            Description = "An expression over the columns of a segment.",
            HelpName = "EXPR",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Write every exposure: CSV, or Parquet by its name.",
            HelpName = "F.csv",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the numbers; - is standard output.",
            HelpName = "F",
        };
        var language = CommonOptions.Language();
        var options = Watching.Options();
        var command = new Command(
            "scope", "Say exactly who was exposed, which data, since when, and what cannot be known.")
        {
            ledger, finding, where, output, json, language, options.Reason, options.By,
        };
        command.SetAction(parsed => new ScopeVerb(host, Watching.Of(host, parsed, options)).Run(
            parsed.GetValue(ledger)!, parsed.GetValue(finding) ?? [], parsed.GetValue(where), parsed.GetValue(output),
            parsed.GetValue(json),
            CommonOptions.LanguageOf(parsed.GetValue(language))));
        return command;
    }
}
