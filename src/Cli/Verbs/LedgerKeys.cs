using WhoSaw.Ledger;

namespace WhoSaw.Cli.Verbs;

/// <summary>Where the keys are that a ledger is written with.</summary>
internal static class LedgerKeys
{
    /// <summary>A key file elsewhere than in the user's configuration folder.</summary>
    public const string KeyVariable = "WHOSAW_SIGNING_KEY";

    /// <summary>A command that signs, instead of a key file.</summary>
    public const string CommandVariable = "WHOSAW_SIGNER";

    /// <param name="mayCreate">True where a ledger may be new: then a missing key file is made.</param>
    public static LedgerOptions Options(bool mayCreate = false)
    {
        if (Environment.GetEnvironmentVariable(CommandVariable) is { Length: > 0 } command)
            return new LedgerOptions { Signer = new SigningCommand(command) };
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } path)
            return new LedgerOptions
            {
                Signer = mayCreate ? SigningKeyFile.LoadOrCreate(path) : SigningKeyFile.Load(path),
            };
        return new LedgerOptions();
    }

    /// <summary>The public key that this machine signs with, as text; null when it has none.</summary>
    public static string? Trusted()
    {
        var signer = Environment.GetEnvironmentVariable(CommandVariable) is { Length: > 0 } command
            ? new SigningCommand(command)
            : (Environment.GetEnvironmentVariable(KeyVariable) ?? SigningKeyFile.DefaultPath) is var path
                && File.Exists(path)
                ? SigningKeyFile.Load(path)
                : (ILedgerSigner?)null;
        return signer is null ? null : Ed25519.TextOf(signer.PublicKey.Span);
    }
}
