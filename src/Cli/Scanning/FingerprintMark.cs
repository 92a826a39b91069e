using System.Globalization;
using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Tells whether a ledger was written with this fingerprint key, without telling the key: the fingerprint of a fixed
/// text. With another key the same session would have another fingerprint, and records would not join.
/// </summary>
internal static class FingerprintMark
{
    private const string Name = "state/fingerprint";

    public static bool Differs(string ledger, Fingerprint fingerprint) =>
        StateFile.ReadLine(Path.Combine(ledger, Name)) is { } mark && mark != Text(fingerprint);

    public static void Write(string ledger, Fingerprint fingerprint) =>
        StateFile.WriteLine(Path.Combine(ledger, Name), Text(fingerprint));

    private static string Text(Fingerprint fingerprint) =>
        fingerprint.Of("whosaw fingerprint key"u8).ToString("x16", CultureInfo.InvariantCulture);
}
