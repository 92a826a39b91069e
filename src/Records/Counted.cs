using System.Globalization;

namespace WhoSaw.Records;

/// <summary>A number with its noun in English: "1 request", "1,200 requests".</summary>
public static class Counted
{
    /// <param name="plural">Where it is not the noun with an s.</param>
    public static string Of(long count, string noun, string? plural = null) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? noun : plural ?? noun + "s");
}
