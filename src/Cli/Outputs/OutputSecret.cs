using System.Text;

namespace WhoSaw.Cli.Outputs;

/// <summary>Where a secret is had from: never from the configuration itself.</summary>
internal static class OutputSecret
{
    // A key of our own making; a password is what the mail server has.
    private const int Least = 16;

    /// <summary>The bytes, empty where none is named; null with a sentence when it is not to be had.</summary>
    public static byte[]? Read(OutputOptions options, out string fault)
    {
        fault = "";
        string? text = null;
        if (options.SecretVariable is { } variable)
        {
            text = Environment.GetEnvironmentVariable(variable);
            if (string.IsNullOrEmpty(text))
                fault = $"{options.Name} needs its secret in the environment variable {variable}, which is not set";
        }
        else if (options.SecretPath is { } path)
        {
            try
            {
                text = File.ReadAllText(path).Trim();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                fault = $"{options.Name} needs its secret in {path}, which cannot be read";
            }
        }
        else
            return [];
        if (fault.Length == 0 && text!.Length < Least && options.Kind != OutputKind.Mail)
            fault = $"the secret of {options.Name} is too short: {Least} characters at least";
        return fault.Length == 0 ? Encoding.UTF8.GetBytes(text!) : null;
    }
}
