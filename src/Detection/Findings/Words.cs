using System.Globalization;

namespace WhoSaw.Detection.Findings;

/// <summary>Numbers as findings write them.</summary>
internal static class Words
{
    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) =>
        whole == 0 ? "none"
        : part == whole ? "all"
        : (100.0 * part / whole).ToString(part * 10 < whole ? "0.##" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Of(long part, long whole, string what) => $"{Number(part)} of {Number(whole)} {what}";
}
