namespace WhoSaw.Cli;

/// <summary>Which known word somebody may have meant.</summary>
internal static class NearestWord
{
    /// <summary>" Did you mean 'x'?" with the nearest word, or nothing when none is near.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var allowed = word.Length <= 4 ? 1 : 2;
        var best = known.Select(candidate => (candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= allowed)
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.candidate is null ? "" : $" Did you mean '{best.candidate}'?";
    }

    // edits: insert, remove, replace, or swap neighbours
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2 || left.Length > 64)
            return int.MaxValue;
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[left.Length, right.Length];
    }
}
