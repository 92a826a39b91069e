using System.Globalization;

namespace WhoSaw.Bench;

/// <summary>What stands behind a verb: <c>--name value</c>, <c>--switch</c> and plain words.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _switches = [];
    private readonly List<string> _words = [];

    public Arguments(ReadOnlySpan<string> given, string[] valued, string[] switches)
    {
        for (var i = 0; i < given.Length; i++)
        {
            if (!given[i].StartsWith("--", StringComparison.Ordinal))
                _words.Add(given[i]);
            else if (switches.Contains(given[i][2..]))
                _switches.Add(given[i][2..]);
            else if (valued.Contains(given[i][2..]) && i + 1 < given.Length)
                _values[given[i][2..]] = given[++i];
            else
                throw new UsageException($"{given[i]} is not an option here, or lacks its value");
        }
    }

    public IReadOnlyList<string> Words => _words;

    public bool Has(string name) => _switches.Contains(name);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public string Required(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new UsageException($"--{name} is missing");

    public long Number(string name, long otherwise)
    {
        if (!_values.TryGetValue(name, out var text))
            return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"--{name} takes a whole number, not {text}");
    }
}

/// <summary>The command was given wrongly; the message says how.</summary>
public sealed class UsageException(string message) : Exception(message);
