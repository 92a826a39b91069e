using System.Globalization;

namespace WhoSaw.Cli.Scanning;

/// <summary>The number in the id of a finding: F1, F2, … in a ledger, each given once for ever.</summary>
internal static class FindingNumber
{
    /// <summary>0 for an id that is none of ours.</summary>
    public static int Of(string id) =>
        id.Length > 1 && int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    public static string ToId(int number) => "F" + number.ToString(CultureInfo.InvariantCulture);
}
