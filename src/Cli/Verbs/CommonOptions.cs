using System.CommandLine;

namespace WhoSaw.Cli.Verbs;

/// <summary>Options that several verbs have, each with the same words.</summary>
internal static class CommonOptions
{
    public static Option<string> Ledger(bool required) => new("--ledger")
    {
        Description = "The folder of the evidence.", HelpName = "DIR", Required = required,
    };

    public static Option<string?> Reason() => new("--reason")
    {
        Description = "Why you look; goes into the ledger's log.", HelpName = "TEXT",
    };

    public static Option<string?> Language() => new("--language")
    {
        Description = "en or ko; the configuration's otherwise.", HelpName = "LANG",
    };

    /// <summary>An unknown option must not pass for the name of a log.</summary>
    public static void RefuseOptions(this Argument<string[]> argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (token.Value.Length > 1 && token.Value[0] == '-' && !File.Exists(token.Value))
                result.AddError($"There is no option {token.Value}.");
    });
}
