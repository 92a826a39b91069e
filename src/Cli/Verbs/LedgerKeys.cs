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

    /// <summary>
    /// The public key that this machine signs with, as text; null when it has none. Throws
    /// <see cref="LedgerException"/> when one is named and not there.
    /// </summary>
    public static string? Trusted()
    {
        if (Environment.GetEnvironmentVariable(CommandVariable) is { Length: > 0 } command)
            return Ed25519.TextOf(new SigningCommand(command).PublicKey.Span);
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } named)
            return Ed25519.TextOf(SigningKeyFile.Load(named).PublicKey.Span);
        return File.Exists(SigningKeyFile.DefaultPath)
            ? Ed25519.TextOf(SigningKeyFile.Load(SigningKeyFile.DefaultPath).PublicKey.Span)
            : null;
    }

    /// <summary>A public key as text, or in a file; null for none. False, with a sentence, for anything else.</summary>
    public static bool TryRead(string? given, out string? key, out string fault)
    {
        key = given is not null && File.Exists(given) ? File.ReadAllText(given).Trim() : given;
        fault = $"{given} is neither a public key nor a file that holds one "
            + "(whosaw/ledger/0123456789abcdef+01234567+BASE64)";
        return key is null || Ed25519.IsKey(key);
    }
}
