using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Writes evidence that leaves the house: a ZIP file that a regulator checks offline, without trust in us
/// (docs/formats/bundle.md; keep in sync).
/// </summary>
public static class BundleWriter
{
    internal const string Manifest = "manifest.json";
    internal const string Checkpoint = "checkpoint";
    internal const string Key = "public-key";
    internal const string Note = "README.txt";
    internal const int Format = 2;
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Everything of the time of these findings, or the whole ledger when none is named: segments and the other files,
    /// each with its entry and the proof that the entry is in the journal. Gives the SHA-256 of the bundle.
    /// </summary>
    public static BundleSummary Write(string directory, IReadOnlyList<string> findings, string path)
    {
        var (journal, contents) = Verified(directory);
        var chosen = Findings(contents, findings);
        return Write(directory, journal, BundleChoice.Whole(journal, contents, chosen), path);
    }

    /// <summary>
    /// Only some rows of the segments, and of the other tables only what is about those: what such an excerpt proves
    /// and what not is in docs/formats/bundle.md. It is an entry in the journal before it is in the bundle.
    /// </summary>
    public static BundleSummary WriteExcerpt(
        string directory, LedgerOptions options, ExcerptRequest request, string path)
    {
        var chosen = Findings(Verified(directory).Contents, request.Findings);
        var parts = Directory.CreateTempSubdirectory("whosaw-export-").FullName;
        try
        {
            var excerpt = new ExcerptFiles(directory, parts).Write(request, chosen);
            LedgerJournal.Append(directory, options, FileSystem.Real, _ => excerpt.Entries(request));
            var (journal, contents) = Verified(directory);
            return Write(directory, journal, BundleChoice.Part(
                journal, contents, chosen, excerpt, request.Case), path);
        }
        finally
        {
            Directory.Delete(parts, recursive: true);
        }
    }

    private static (JournalVerification Journal, LedgerContents Contents) Verified(string directory)
    {
        var journal = new JournalVerification(directory, new VerificationOptions());
        journal.Run();
        return journal.Faults.Count == 0
            ? (journal, journal.State.ToContents(directory, journal.Head!))
            : throw new LedgerException($"The ledger is not sound, so nothing is exported: {journal.Faults[0]}.");
    }

    private static List<Finding> Findings(LedgerContents contents, IReadOnlyList<string> ids) =>
        [.. ids.Select(id => contents.Findings.FirstOrDefault(finding => finding.Id == id)
            ?? throw new LedgerException($"There is no finding {id} in this ledger."))];

    private static BundleSummary Write(
        string directory, JournalVerification journal, BundleChoice choice, string path)
    {
        using (var stream = File.Create(path))
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Add(zip, Note, Encoding.UTF8.GetBytes(BundleNote.Text(journal.Head!, choice)));
            Add(zip, Checkpoint, File.ReadAllBytes(Path.Combine(directory, LedgerLayout.Checkpoint)));
            Add(zip, Key, Encoding.UTF8.GetBytes(journal.Key + "\n"));
            Add(zip, Manifest, ManifestOf(journal, choice));
            foreach (var name in choice.Files)
                Copy(zip, name, Path.Combine(directory, name));
            foreach (var part in choice.Excerpt?.Parts ?? [])
                Copy(zip, part.Name, Path.Combine(choice.Excerpt!.Directory, part.Name));
        }
        return new BundleSummary(
            LedgerVerification.Digest(path), choice.Files.Count + (choice.Excerpt?.Parts.Count ?? 0),
            choice.Entries.Count, journal.Head!)
        {
            Rows = choice.Excerpt?.Rows,
        };
    }

    private static byte[] ManifestOf(JournalVerification journal, BundleChoice choice)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, FindingJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            if (choice.Excerpt is { } excerpt)
                json.WriteString("where", excerpt.Where);
            WriteNames(json, "files", choice.Files);
            WriteNames(json, "excerpts", choice.Excerpt?.Parts.Select(part => part.Name) ?? []);
            json.WriteStartArray("entries");
            foreach (var number in choice.Entries)
            {
                json.WriteStartObject();
                json.WriteNumber("number", number);
                json.WriteString("entry", journal.Raw[(int)number].Span);
                json.WriteStartArray("proof");
                foreach (var hash in journal.Tree.Inclusion(number, journal.Tree.Size))
                    json.WriteStringValue(hash.ToString());
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IEnumerable<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static void Copy(ZipArchive zip, string name, string path)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        using var file = File.OpenRead(path);
        file.CopyTo(stream);
    }
}

/// <summary>What a bundle holds.</summary>
/// <param name="Sha256">Of the bundle.</param>
public sealed record BundleSummary(string Sha256, int Files, int Entries, LedgerHead Head)
{
    /// <summary>Records of an excerpt; null where whole segments went out.</summary>
    public long? Rows { get; init; }
}
