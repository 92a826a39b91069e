using System.Globalization;
using System.Security.Cryptography;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Versions;

/// <summary>The files of an issued scope, and their digests for the journal.</summary>
/// <param name="Rows">Null when the exposures were not kept.</param>
public sealed record KeptScope(int Number, string Document, string? Rows);

/// <summary>
/// The scopes that were issued: <c>scopes/0001.json</c> is the document, <c>scopes/0001.parquet</c> the exposures where
/// they were handed out. The journal has the number and the digests, and nothing of what is in them.
/// </summary>
public sealed class ScopeArchive(string ledger)
{
    private readonly string _folder = Path.Combine(ledger, "scopes");

    /// <summary>
    /// Keeps a scope under the next number; durable when this returns. To be journalled before it is shown.
    /// </summary>
    public KeptScope Keep(Scope scope, bool withRows)
    {
        Directory.CreateDirectory(_folder);
        var issued = Issued().Select(entry => entry.Number ?? 0).DefaultIfEmpty(0).Max();
        for (var number = issued + 1; ; number++)
        {
            using var file = Claim(number);
            if (file is null)
                continue;
            scope.WriteJson(file);
            file.Flush(flushToDisk: true);
            if (withRows)
                scope.WriteParquet(RowsPath(number));
            file.Position = 0;
            return new KeptScope(
                number, Convert.ToHexStringLower(SHA256.HashData(file)), withRows ? Digest(RowsPath(number)) : null);
        }
    }

    /// <summary>Removes what <see cref="Keep"/> wrote: the journal did not take it.</summary>
    public void Forget(KeptScope kept)
    {
        File.Delete(DocumentPath(kept.Number));
        File.Delete(RowsPath(kept.Number));
    }

    /// <summary>
    /// A scope by its number. Throws <see cref="ScopeVersionException"/> when there is none, or its files are not those
    /// of which the journal has the digests.
    /// </summary>
    public ScopeVersion Read(int number)
    {
        var entry = EntryOf(number);
        var path = DocumentPath(number);
        if (!File.Exists(path) || File.ReadAllBytes(path) is not { } document
            || Convert.ToHexStringLower(SHA256.HashData(document)) != entry.Document)
            throw Wrong(number, "is not as the journal has it: its document is gone or was changed");
        return ScopeVersion.Read(number, document);
    }

    /// <summary>The file of a scope's exposures, checked against the journal.</summary>
    public string RowsOf(int number)
    {
        var entry = EntryOf(number);
        if (entry.Rows is null)
            throw Wrong(number, "kept no exposures: it was issued without --out");
        if (!File.Exists(RowsPath(number)) || Digest(RowsPath(number)) != entry.Rows)
            throw Wrong(number, "is not as the journal has it: its exposures are gone or were changed");
        return RowsPath(number);
    }

    /// <summary>The scopes of the journal, in the order in which they were issued.</summary>
    public IReadOnlyList<ScopeIssued> Issued() => [.. LedgerJournal.Read(ledger).OfType<ScopeIssued>()];

    private ScopeIssued EntryOf(int number) => Issued().FirstOrDefault(entry => entry.Number == number)
        ?? throw Wrong(number, "was never issued from this ledger");

    private string DocumentPath(int number) => Place(number, "json");

    private string RowsPath(int number) => Place(number, "parquet");

    private string Place(int number, string kind) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number:D4}.{kind}"));

    // Two that issue at once must not get one number: whoever creates the file has it.
    private FileStream? Claim(int number) => File.Exists(DocumentPath(number))
        ? null
        : new FileStream(DocumentPath(number), FileMode.CreateNew, FileAccess.ReadWrite);

    private static ScopeVersionException Wrong(int number, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"scope {number} {what}"));

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
