using System.Globalization;

namespace WhoSaw.Ledger;

/// <summary>The names of the files of a ledger (docs/formats/segment.md; keep in sync).</summary>
internal static class LedgerLayout
{
    public const int Format = 1;
    public const string Log = "log.jsonl";

    private static readonly string[] Folders = ["segments", "totals", "rejects", "dictionary", "directory", "findings"];

    public static string Totals(int commit) => Name("totals/", commit, ".parquet");
    public static string Rejects(int commit) => Name("rejects/", commit, ".jsonl.zst");
    public static string Dictionary(int commit) => Name("dictionary/", commit, ".parquet");
    public static string Accounts(int commit) => Name("directory/accounts-", commit, ".parquet");
    public static string People(int commit) => Name("directory/people-", commit, ".parquet");
    public static string Findings(int commit) => Name("findings/", commit, ".jsonl");

    /// <summary>The number in a file's name; 0 when it is none of ours.</summary>
    public static int NumberOf(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        file = file[(file.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        return dot == 6 && int.TryParse(file.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : 0;
    }

    /// <summary>Every file in the folders of a ledger, relative, with forward slashes.</summary>
    public static IEnumerable<string> Files(string directory)
    {
        foreach (var folder in Folders.Select(name => Path.Combine(directory, name)).Where(Directory.Exists))
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                yield return Path.GetRelativePath(directory, path).Replace('\\', '/');
    }

    private static string Name(string prefix, int number, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D6}{suffix}");
}
