using System.Globalization;

namespace WhoSaw.Merkle;

/// <summary>
/// The head of a log: how many entries, and the root over them (C2SP tlog-checkpoint). It says nothing until somebody
/// signs it.
/// </summary>
/// <param name="Origin">Which log: also the name of its key.</param>
/// <param name="Extensions">Further lines; none in ours.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root, IReadOnlyList<string> Extensions)
{
    public Checkpoint(string origin, long size, TreeHash root)
        : this(origin, size, root, [])
    {
    }

    /// <summary>The text of a note; null when it is none of a checkpoint.</summary>
    public static Checkpoint? Parse(string text)
    {
        if (!text.EndsWith('\n')
            || text[..^1].Split('\n') is not [{ Length: > 0 } origin, var count, var hash, .. var more])
            return null;
        if (!long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != count || !TreeHash.TryParse(hash, out var root)
            || more.Any(line => line.Length == 0))
            return null;
        return new Checkpoint(origin, size, root, more);
    }

    /// <summary>The lines to sign.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n")
        + string.Concat(Extensions.Select(line => line + "\n"));
}
