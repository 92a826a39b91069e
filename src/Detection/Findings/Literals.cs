using System.Globalization;

namespace WhoSaw.Detection.Findings;

/// <summary>Writes values into predicates.</summary>
internal static class Literals
{
    public static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    public static string Credential(ulong fingerprint) =>
        "'" + fingerprint.ToString("x16", CultureInfo.InvariantCulture) + "'";

    public static string In(string column, IEnumerable<string> values)
    {
        var sorted = values.Order(StringComparer.Ordinal).Select(Text).ToList();
        return sorted.Count == 1 ? $"{column} = {sorted[0]}" : $"{column} in ({string.Join(", ", sorted)})";
    }

    public static string InCredentials(IEnumerable<ulong> values)
    {
        var sorted = values.Order().Select(Credential).ToList();
        return sorted.Count == 1 ? "credential = " + sorted[0] : $"credential in ({string.Join(", ", sorted)})";
    }
}
