using System.CommandLine;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

internal static class ScopeCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var finding = new Option<string[]>("--finding")
        {
            Description = "A finding's id, as often as needed; otherwise all open findings about access of medium "
                + "severity or more.",
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
        var report = new Option<string?>("--report")
        {
            Description = "Write the scope as a page.",
            HelpName = "F.html",
        };
        var language = CommonOptions.Language();
        var options = Watching.Options();
        var growth = new GrowthOptions();
        var command = new Command(
            "scope", "Say exactly who was exposed, which data, since when, and what cannot be known.")
        {
            ledger, finding, where, output, json, report, language, options.Reason, options.By,
        };
        growth.AddTo(command);
        command.Add(ScopeDiffCommand.Create(host));
        command.SetAction(parsed => new ScopeVerb(host, Watching.Of(host, parsed, options)).Run(new ScopeArguments
        {
            Directory = parsed.GetValue(ledger)!,
            Findings = parsed.GetValue(finding) ?? [],
            Where = parsed.GetValue(where),
            Growth = growth.Of(parsed, host),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
            Report = parsed.GetValue(report),
            Language = CommonOptions.LanguageOf(parsed.GetValue(language)),
        }));
        return command;
    }
}

/// <summary>What <c>whosaw scope</c> was asked.</summary>
internal sealed record ScopeArguments
{
    public required string Directory { get; init; }
    public IReadOnlyList<string> Findings { get; init; } = [];
    public string? Where { get; init; }

    /// <summary>Null: nothing is grown.</summary>
    public (GrowthSeed Seed, GrowthDialogue Dialogue)? Growth { get; init; }
    public string? Output { get; init; }
    public string? Json { get; init; }
    public string? Report { get; init; }
    public Language Language { get; init; }
}
