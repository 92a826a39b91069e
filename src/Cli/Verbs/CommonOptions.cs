using System.CommandLine;
using System.CommandLine.Parsing;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary>Options that several verbs have, each with the same words.</summary>
internal static class CommonOptions
{
    public static Option<string> Ledger(bool required) => new("--ledger")
    {
        Description = "The folder of the evidence.",
        HelpName = "DIR",
        Required = required,
    };

    public static Option<string?> Language()
    {
        var option = new Option<string?>("--language")
        {
            Description = "en or ko; the configuration's otherwise.",
            HelpName = "LANG",
        };
        option.AcceptOnlyFromAmong("en", "ko");
        return option;
    }

    public static Language LanguageOf(string? code) =>
        Languages.TryParse(code, out var language) ? language : Scoping.Reports.Language.English;

    /// <summary>The commands from the program down to this one.</summary>
    public static IEnumerable<string> Path(this CommandResult result)
    {
        var above = result.Parent is CommandResult parent ? parent.Path() : [];
        return above.Append(result.Command.Name);
    }

    /// <summary>An unknown option must not pass for the name of a log.</summary>
    public static void RefuseOptions(this Argument<string[]> argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (token.Value.Length > 1 && token.Value[0] == '-' && !File.Exists(token.Value))
                result.AddError($"There is no option {token.Value}.");
    });
}
