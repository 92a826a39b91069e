using WhoSaw.Intake.Routes;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// Counts the people behind exposures: holders, and those of the address book where the operation shows them.
/// </summary>
internal static class PeopleMatch
{
    private const byte InTruth = 1;
    private const byte InTruthBook = 2;
    private const byte InSaid = 4;
    private const byte InSaidBook = 8;

    /// <param name="path">A list of <c>account,person</c>, the holder first; it need not be sorted.</param>
    public static Matched Of(
        string path, IReadOnlyList<RouteOptions> routes, IEnumerable<(string, string)> truth,
            IEnumerable<(string, string)> said)
    {
        var books = routes.Where(route => route.Others > 0).Select(route => route.Name).ToHashSet();
        var marks = new Dictionary<string, byte>(StringComparer.Ordinal);
        Mark(marks, truth, books, InTruth, InTruthBook);
        Mark(marks, said, books, InSaid, InSaidBook);
        var people = new Dictionary<string, byte>(StringComparer.Ordinal);
        var holders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0 || !marks.TryGetValue(line[..comma], out var mark))
                continue;
            var isHolder = holders.Add(line[..comma]);
            var side = (byte)(((mark & (isHolder ? InTruth : InTruthBook)) != 0 ? InTruth : 0)
                | ((mark & (isHolder ? InSaid : InSaidBook)) != 0 ? InSaid : 0));
            var person = line[(comma + 1)..];
            people[person] = (byte)(people.GetValueOrDefault(person) | side);
        }
        return new Matched(
            people.Values.LongCount(side => (side & InTruth) != 0),
                people.Values.LongCount(side => (side & InSaid) != 0),
            people.Values.LongCount(side => side == (InTruth | InSaid)));
    }

    private static void Mark(
        Dictionary<string, byte> marks, IEnumerable<(string Account, string Operation)> pairs, HashSet<string> books,
            byte mark, byte book)
    {
        foreach (var (account, operation) in pairs)
            marks[account] = (byte)(marks.GetValueOrDefault(account) | mark | (books.Contains(operation) ? book : 0));
    }
}
