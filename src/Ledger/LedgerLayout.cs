using System.Globalization;

namespace WhoSaw.Ledger;

/// <summary>The names of the files of a ledger (docs/formats/; keep in sync).</summary>
internal static class LedgerLayout
{
    public const int Format = 2;
    public const string Checkpoint = "checkpoint";
    public const string Tiles = "tile";
    public const string State = "state";

    public const string OriginalsFolder = "originals/";
    public const string OriginalSuffix = ".zst";
    public const string TimestampsFolder = "timestamps/";

    private static readonly string[] Folders =
    [
        "segments", "totals", "rejects", "dictionary", "directory", "findings", "originals", "timestamps",
    ];

    public static string Totals(int commit) => Name("totals/", commit, ".parquet");
    public static string Rejects(int commit) => Name("rejects/", commit, ".jsonl.zst");
    public static string Dictionary(int commit) => Name("dictionary/", commit, ".parquet");
    public static string Accounts(int commit) => Name("directory/accounts-", commit, ".parquet");
    public static string People(int commit) => Name("directory/people-", commit, ".parquet");
    public static string Findings(int commit) => Name("findings/", commit, ".jsonl");

    public static string Original(string digest) => OriginalsFolder + digest + OriginalSuffix;
    public static string StampedCheckpoint(long entries) => Stamp(entries, ".checkpoint");
    public static string StampToken(long entries) => Stamp(entries, ".tsr");

    /// <summary>True for a name that only a commit that keeps a log, or a time stamp, gives.</summary>
    public static bool IsOwnName(string name) =>
        (name.StartsWith(OriginalsFolder, StringComparison.Ordinal)
            && name.EndsWith(OriginalSuffix, StringComparison.Ordinal)
            && name.Length == OriginalsFolder.Length + 64 + OriginalSuffix.Length)
        || (name.StartsWith(TimestampsFolder, StringComparison.Ordinal)
            && (name.EndsWith(".checkpoint", StringComparison.Ordinal)
                || name.EndsWith(".tsr", StringComparison.Ordinal)));

    /// <summary>The number in a file's name; 0 when it is none of ours.</summary>
    public static int NumberOf(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        file = file[(file.LastIndexOf('-') + 1)..];
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        return dot == 6 && int.TryParse(file.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : 0;
    }

    /// <summary>False for a name that would lead out of the ledger.</summary>
    public static bool IsInside(string name) => !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");

    public static bool IsSegment(string name) => name.StartsWith("segments/", StringComparison.Ordinal);

    /// <summary>Every file in the folders of evidence, relative, with forward slashes.</summary>
    public static IEnumerable<string> Files(string directory) => Files(directory, Folders);

    /// <summary>Every file below the folder of tiles.</summary>
    public static IEnumerable<string> TileFiles(string directory) => Files(directory, [Tiles]);

    private static IEnumerable<string> Files(string directory, IEnumerable<string> folders)
    {
        foreach (var folder in folders.Select(name => Path.Combine(directory, name)).Where(Directory.Exists))
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                yield return Path.GetRelativePath(directory, path).Replace('\\', '/');
    }

    private static string Stamp(long entries, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimestampsFolder}{entries:D6}{suffix}");

    private static string Name(string prefix, int number, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D6}{suffix}");
}
