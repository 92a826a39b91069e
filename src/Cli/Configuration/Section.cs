using System.Globalization;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli;

/// <summary>
/// A mapping of a configuration. Making it reports what is no mapping, unknown keys and keys given twice; reading a key
/// reports what is missing or of the wrong kind, and gives null.
/// </summary>
internal sealed class Section
{
    private readonly Dictionary<string, YamlValue> _values = new(StringComparer.Ordinal);
    private readonly FaultList _faults;
    private readonly string _what;
    private readonly YamlValue _at;

    public Section(YamlValue value, string what, IReadOnlyCollection<string> known, FaultList faults)
    {
        _faults = faults;
        _what = what;
        _at = value;
        if (value.Kind != YamlKind.Mapping)
        {
            faults.Add(value, $"{what} is a mapping of keys, not {value.KindName}");
            IsBroken = true;
            return;
        }
        foreach (var (key, item) in value.Entries)
        {
            if (key.Kind != YamlKind.Text)
                faults.Add(key, $"a key is a text, not {key.KindName}");
            else if (!known.Contains(key.Text))
                faults.Add(key, $"{what} has no key '{key.Text}'.{NearestWord.Hint(key.Text, known)}");
            else if (!_values.TryAdd(key.Text, item))
                faults.Add(key, $"'{key.Text}' is given twice");
        }
    }

    /// <summary>It is no mapping at all: nothing more can be said about its keys.</summary>
    public bool IsBroken { get; }

    public YamlValue? Value(string key) => _values.GetValueOrDefault(key);

    /// <summary>Where to point for a key: its value, or the section when it has none.</summary>
    public YamlValue Place(string key) => Value(key) ?? _at;

    public string? RequiredText(string key)
    {
        if (!_values.ContainsKey(key) && !IsBroken)
            _faults.Add(_at, $"{_what} needs '{key}'");
        return Text(key);
    }

    public string? Text(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value.Kind == YamlKind.Text && !value.IsNothing && value.Text.Trim().Length > 0)
            return value.Text.Trim();
        _faults.Add(value, $"'{key}' is a text, not {(value.Kind == YamlKind.Text ? "nothing" : value.KindName)}");
        return null;
    }

    /// <summary>The absolute path of a file that is named and can be read.</summary>
    public string? NamedFile(string key, string folder)
    {
        if (Text(key) is not { } name)
            return null;
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (SourceFiles.FaultOf(path) is { } fault)
            _faults.Add(Place(key), $"{name} {fault}");
        return path;
    }

    public int? Number(string key, int least, int most)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is { Kind: YamlKind.Text, IsPlain: true }
            && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        _faults.Add(value, $"'{key}' is a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A number with or without a fraction.</summary>
    public double? Measure(string key, double least, double most)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is { Kind: YamlKind.Text, IsPlain: true }
            && double.TryParse(
                value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        _faults.Add(value, string.Create(
            CultureInfo.InvariantCulture, $"'{key}' is a number from {least:0.##} to {most:0.##}"));
        return null;
    }

    public IReadOnlyList<YamlValue> List(string key)
    {
        if (Value(key) is not { } value)
            return [];
        if (value.Kind == YamlKind.List)
            return value.Items;
        _faults.Add(value, $"'{key}' is a list, not {value.KindName}");
        return [];
    }
}
