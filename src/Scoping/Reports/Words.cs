using System.Collections.Frozen;
using System.Globalization;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// All sentences for people in one language, from <c>Words/&lt;code&gt;.txt</c>. To add a language: a file there with
/// the same keys, optionally <c>phrases-&lt;code&gt;.txt</c>, and a member of <see cref="Language"/>.
/// </summary>
public sealed class Words
{
    private static readonly Words English = new(Language.English);
    private static readonly Words Korean = new(Language.Korean);
    private readonly FrozenDictionary<string, string> _texts;
    private readonly Phrasebook _phrases;

    private Words(Language language)
    {
        Language = language;
        _texts = Entries(language.Code() + ".txt", " = ").ToFrozenDictionary(entry => entry.Key, entry => entry.Value);
        _phrases = new Phrasebook(
            language == Language.English ? [] : Entries($"phrases-{language.Code()}.txt", " => "), TranslateDay);
    }

    public Language Language { get; }

    internal IEnumerable<string> Keys => _texts.Keys;

    public static Words For(Language language) => language == Language.Korean ? Korean : English;

    /// <summary>
    /// The sentence of a key with its values put in; throws <see cref="KeyNotFoundException"/> for no such key.
    /// </summary>
    public string Say(string key, params ReadOnlySpan<object?> values) =>
        values.Length == 0 ? _texts[key] : string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>A number with its unit: "1 file", "42 files".</summary>
    public string Count(string key, long count) =>
        string.Format(CultureInfo.InvariantCulture,
            count == 1 && _texts.TryGetValue(key + ".one", out var one) ? one : _texts[key], Number(count));

    /// <summary>The sentence of a key, or the fallback where the language has no such key.</summary>
    public string SayOr(string key, string fallback) => _texts.GetValueOrDefault(key, fallback);

    /// <summary>A sentence that was written in English elsewhere, in this language where it is a known one.</summary>
    public string Translate(string english) => _phrases.Translate(english);

    /// <summary>The heading of a finding: by its detector where this language knows it, as raised otherwise.</summary>
    public string Title(Records.Finding finding) => Language == Language.English
        ? finding.Title
        : _phrases.TryTranslate(finding.Title, out var known)
            ? known
            : SayOr("title." + finding.Detector, finding.Title);

    public string Category(string name) => SayOr("category." + name, name);

    public string Categories(IEnumerable<string> names) => string.Join(", ", names.Select(Category));

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString(
        Math.Abs(number) >= 100 || number == Math.Floor(number) ? "#,0" : "#,0.0", CultureInfo.InvariantCulture);

    private static IEnumerable<KeyValuePair<string, string>> Entries(string file, string separator)
    {
        foreach (var line in EmbeddedText.Read("Words/" + file).Split('\n'))
        {
            var at = line.StartsWith('#') ? -1 : line.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0)
                yield return new(line[..at].Trim(), line[(at + separator.Length)..].Trim());
        }
    }

    /// <summary>
    /// A day inside an English sentence ("31 December 2024") in this language; null when it is not one.
    /// </summary>
    private string? TranslateDay(string text)
    {
        const DateTimeStyles Exact = DateTimeStyles.None;
        var english = CultureInfo.InvariantCulture;
        if (DateOnly.TryParseExact(text, "d MMMM yyyy", english, Exact, out var day))
            return day.ToString(_texts["date.day-year"], english);
        return DateOnly.TryParseExact(text + " 2024", "d MMMM yyyy", english, Exact, out day)
            ? day.ToString(_texts["date.day"], english)
            : null;
    }
}
