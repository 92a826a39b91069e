using System.Globalization;

namespace WhoSaw.Scoping.Predicates;

/// <summary>The values of one statement, named $1, $2, … in the order in which they were added.</summary>
internal sealed class SqlParameters
{
    private readonly List<object> _values = [];

    public IReadOnlyList<object> Values => _values;

    public string Add(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }
}
