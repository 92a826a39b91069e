using System.Text.RegularExpressions;

namespace WhoSaw.Incidents.Cases;

/// <summary>
/// Personal data that somebody may type by mistake into a note that is kept for ever. Finds what has a form; a name has
/// none.
/// </summary>
internal static partial class PersonalText
{
    /// <summary>What the text seems to hold; null when nothing was recognised.</summary>
    public static string? Kind(string text) =>
        Mail().IsMatch(text) ? "an e-mail address"
        : ResidentNumber().IsMatch(text) ? "a resident number"
        : Phone().IsMatch(text) ? "a phone number"
        : Card().IsMatch(text) ? "a card number"
        : null;

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.-]+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-?[0-9]\d{6}(?![0-9A-Fa-f])")]
    private static partial Regex ResidentNumber();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])(\+82[- ]?|0)1[016789][- ]?\d{3,4}[- ]?\d{4}(?![0-9A-Fa-f])")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{4}(?![0-9A-Fa-f])")]
    private static partial Regex Card();
}
