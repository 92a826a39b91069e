using System.Text.Json;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>
/// A ledger in a temporary folder with a fingerprint key of its own, and the verbs that tests use on it.
/// </summary>
internal sealed class Evidence : IDisposable
{
    private static readonly byte[] Key = "0123456789abcdef"u8.ToArray();

    public Evidence()
    {
        KeyPath = Folder.At("fingerprint.key");
        File.WriteAllBytes(KeyPath, Key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public TemporaryFolder Folder { get; } = new();
    public string KeyPath { get; }
    public string Ledger => Folder.At("ledger");
    public string FindingsPath => Folder.At("findings.jsonl");
    public string ScopePath => Folder.At("scope.csv");

    public LedgerContents Contents => LedgerContents.Read(Ledger);

    public Said Scan(string configuration, params IEnumerable<string> more) => Whosaw.Run(
        ["scan", "--config", configuration, "--ledger", Ledger, "--fingerprint-key", KeyPath, "--json", FindingsPath,
            .. more]);

    public IReadOnlyList<JsonElement> Findings() =>
        [.. File.ReadLines(FindingsPath).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The scope as the CSV has it, and the JSON document beside it.</summary>
    public (ScopeTable Table, JsonElement Summary) Scope(params IEnumerable<string> findings)
    {
        var json = Folder.At("scope.json");
        var named = findings.SelectMany(id => new[] { "--finding", id });
        var said = Whosaw.Run(["scope", "--ledger", Ledger, "--out", ScopePath, "--json", json, .. named]);
        Assert.True(said.Status <= 1, said.Error);
        return (ScopeTable.Read(ScopePath), JsonDocument.Parse(File.ReadAllText(json)).RootElement);
    }

    public void Dispose() => Folder.Dispose();
}

/// <summary>Views by account and operation: a scope, or the truth of a replay.</summary>
internal sealed class ScopeTable : SortedDictionary<(string Account, string Operation), long>
{
    /// <summary>The rows whose views are all or partly in the logs; columns are found by their names.</summary>
    public static ScopeTable Read(string path)
    {
        var table = new ScopeTable();
        using var lines = File.ReadLines(path).GetEnumerator();
        lines.MoveNext();
        var header = Cells(lines.Current);
        var (views, notLogged) = (header.IndexOf("views"), header.IndexOf("views_not_logged"));
        while (lines.MoveNext())
        {
            var cells = Cells(lines.Current);
            var logged = long.Parse(cells[views], null) - (notLogged < 0 ? 0 : long.Parse(cells[notLogged], null));
            if (logged > 0)
                table.Add((cells[header.IndexOf("account")], cells[header.IndexOf("operation")]), logged);
        }
        return table;
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var parts = line.Split('"');
        for (var part = 0; part < parts.Length; part++)
            if (part % 2 == 1)
                cells[^1] = parts[part];
            else
                cells.AddRange(parts[part].TrimStart(part == 0 ? '\0' : ',').Split(','));
        return cells;
    }
}
