using System.Globalization;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// A comparison that is a share, as a number to draw: "57 % of tries", "6,491 of 6,491 sessions", "all", "none".
/// </summary>
internal static class EvidenceShare
{
    /// <summary>The share, 0 to 1; null when the text says none.</summary>
    public static double? Read(string text)
    {
        switch (text)
        {
            case "all":
                return 1;
            case "none":
                return 0;
        }
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return null;
        if (words[0].EndsWith('%') && Number(words[0][..^1]) is { } joined)
            return Bounded(joined / 100);
        if (words.Length > 1 && words[1] == "%" && Number(words[0]) is { } percent)
            return Bounded(percent / 100);
        return words.Length > 2 && words[1] == "of" && Number(words[0]) is { } part && Number(words[2]) is { } whole
            ? whole > 0 ? Bounded(part / whole) : 0
            : null;
    }

    private static double? Bounded(double share) => share is >= 0 and <= 1 ? share : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) ? number : null;
}
