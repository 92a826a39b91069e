using System.Text.RegularExpressions;

namespace WhoSaw.Architecture.Tests;

/// <summary>
/// The table of docs/architecture.md: a row <c>| `Room` | what it does | `Records`, `Ledger` |</c>, where a room that
/// needs no other has a dash.
/// </summary>
internal static partial class ArchitectureTable
{
    public static Dictionary<string, IReadOnlyList<string>> Read(string page)
    {
        var rooms = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var line in page.Split('\n'))
            if (Row().Match(line) is { Success: true } row)
                rooms.Add(row.Groups["room"].Value, NamesIn(row.Groups["uses"].Value));
        return rooms;
    }

    private static IReadOnlyList<string> NamesIn(string cell) =>
        [.. Names().Matches(cell).Select(name => name.Groups[1].Value).Order()];

    [GeneratedRegex(@"^\| `(?<room>[A-Z]\w+)` \|[^|]+\| (?<uses>—|[`\w, ]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Names();
}
