namespace WhoSaw.Scoping.Predicates;

internal static class Spelling
{
    /// <summary>The known word within two edits (one for short words); the first of equals.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > 40)
            return null;
        var lower = word.ToLowerInvariant();
        string? best = null;
        var least = (word.Length < 5 ? 1 : 2) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(lower, candidate);
            if (distance >= least)
                continue;
            least = distance;
            best = candidate;
        }
        return best;
    }

    // optimal string alignment: a swap of neighbours is one edit
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        return rows[a.Length, b.Length];
    }
}
