using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>Literals as texts of predicates.</summary>
internal static class Literals
{
    /// <summary>One of the values, as the observation table has them.</summary>
    public static string In(ScopeEngine engine, string column, IEnumerable<string> values)
    {
        var quoted = values.Select(value => Printer.Quote(column switch
        {
            "credential" => ulong.Parse(value, CultureInfo.InvariantCulture).ToString("x16",
                CultureInfo.InvariantCulture),
            "account" or "subject" => AccountText(engine, long.Parse(value, CultureInfo.InvariantCulture)),
            _ => value,
        })).ToList();
        return quoted.Count == 1 ? $"{column} = {quoted[0]}" : $"{column} in ({string.Join(", ", quoted)})";
    }

    /// <summary>Within one of the stretches, their ends included.</summary>
    public static string Within(IReadOnlyList<(EventTime From, EventTime To)> stretches)
    {
        var any = string.Join(" or ", stretches.Select(s => $"time between '{s.From}' and '{s.To}'"));
        return stretches.Count == 1 ? any : $"({any})";
    }

    private static string AccountText(ScopeEngine engine, long number) => Scope.AccountText(number, number >= 0
        ? null
        : engine.Database.All("SELECT id FROM dictionary WHERE number = $1", [number], row => row.GetString(0))
        .FirstOrDefault());
}
