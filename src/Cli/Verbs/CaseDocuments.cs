using System.Globalization;
using System.Security.Cryptography;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Versions;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// The documents of a case, in <c>cases/ID/</c> of the ledger's folder. The journal has their digests; the files are
/// believed only where they agree.
/// </summary>
internal static class CaseDocuments
{
    public static string PathOf(string ledger, string incident, string name) =>
        Path.Combine(ledger, "cases", incident, name);

    /// <summary>Writes a document durably and gives its digest.</summary>
    public static string Write(string ledger, string incident, string name, byte[] bytes)
    {
        var path = PathOf(ledger, incident, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>
    /// Renames a document that is about to be replaced by another text, which may be an hour's work or approved; gives
    /// its new path, null where nothing would be lost.
    /// </summary>
    public static string? SetAside(string path, byte[] instead)
    {
        if (!File.Exists(path) || File.ReadAllBytes(path).AsSpan().SequenceEqual(instead))
            return null;
        var aside = $"{Path.ChangeExtension(path, null)}-{DigestOf(path)[..8]}{Path.GetExtension(path)}";
        File.Move(path, aside, overwrite: true);
        return aside;
    }

    public static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Documents that a case names and that are missing or were changed: a sentence each.</summary>
    public static IReadOnlyList<string> Faults(string ledger, Case incident)
    {
        var folder = Path.Combine(ledger, "cases", incident.Id);
        var present = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Select(DigestOf).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. incident.Events.Where(each => IsOurs(each.Kind) && each.Sha256 is { } sha && !present.Contains(sha))
            .Select(each => $"the document of event {each.Number} ({each.Kind}) is not in {folder} as it was")];
    }

    /// <summary>The name of the document of a scope.</summary>
    public static string ScopeName(int version) => string.Create(CultureInfo.InvariantCulture, $"scope-{version}.json");

    /// <summary>
    /// The latest scope of a case; null before the first. Throws <see cref="ScopeVersionException"/> when its document
    /// is not as the journal has it.
    /// </summary>
    public static ScopeVersion? ReadScope(string ledger, Case incident)
    {
        if (incident.Scope is not { } scope)
            return null;
        var path = PathOf(ledger, incident.Id, ScopeName(scope.Version));
        var document = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return Convert.ToHexStringLower(SHA256.HashData(document)) == scope.Sha256
            ? ScopeVersion.Read(scope.Version, document)
            : throw new ScopeVersionException(path + " is gone or was changed");
    }

    private static bool IsOurs(CaseEventKind kind) => kind == CaseEventKind.ScopeIssued
        || kind == CaseEventKind.NoticeApproved;
}
