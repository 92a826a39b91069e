using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// Sentences that other rooms write in English, in another language: templates such as <c>{0} of {1} sessions</c>,
/// where
/// <c>{0#}</c> fits a number only. The one with the most text of its own wins. A value in a template is itself
/// translated
/// where it is a known phrase or a day. What is not known stays as it is.
/// </summary>
internal sealed class Phrasebook
{
    private const int LongestPhrase = 2000;
    private const int Depth = 3;
    private readonly List<Template> _templates = [];
    private readonly Dictionary<string, string> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, string?> _translateDay;

    public Phrasebook(IEnumerable<KeyValuePair<string, string>> phrases, Func<string, string?> translateDay)
    {
        _translateDay = translateDay;
        foreach (var (english, text) in phrases)
        {
            if (english.Contains('{', StringComparison.Ordinal))
                _templates.Add(Compile(english, text));
            else
                _whole[english] = text;
        }
        _templates = [.. _templates.OrderByDescending(template => template.Weight)];
    }

    private sealed record Template(Regex Pattern, int[] Places, string Text, int Weight);

    public string Translate(string english) => TryTranslate(english, out var text) ? text : english;

    public bool TryTranslate(string english, [NotNullWhen(true)] out string? text) =>
        TryTranslate(english, Depth, out text);

    private bool TryTranslate(string english, int depth, [NotNullWhen(true)] out string? text)
    {
        if (_whole.TryGetValue(english, out text))
            return true;
        if (depth == 0 || english.Length > LongestPhrase)
            return false;
        foreach (var (pattern, places, template, _) in _templates)
        {
            var match = pattern.Match(english);
            if (!match.Success)
                continue;
            var values = new object[places.Max() + 1];
            for (var i = 0; i < places.Length; i++)
                values[places[i]] = Value(match.Groups[i + 1].Value, depth - 1);
            text = string.Format(CultureInfo.InvariantCulture, template, values);
            return true;
        }
        return false;
    }

    private string Value(string value, int depth) =>
        _translateDay(value) ?? (TryTranslate(value, depth, out var text) ? text : value);

    private static Template Compile(string english, string text)
    {
        var pattern = new StringBuilder("^");
        var places = new List<int>();
        var weight = 0;
        for (var i = 0; i < english.Length; i++)
        {
            var end = english[i] == '{' ? english.IndexOf('}', i) : -1;
            if (end < 0)
            {
                pattern.Append(Regex.Escape(english[i].ToString()));
                weight++;
                continue;
            }
            places.Add(english[i + 1] - '0');
            pattern.Append(english[end - 1] == '#' ? @"([0-9][0-9.,]*)" : "(.+)");
            i = end;
        }
        const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        return new Template(new Regex(pattern.Append('$').ToString(), Linear), [.. places], text, weight);
    }
}
