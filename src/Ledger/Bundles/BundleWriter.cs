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
    internal const int Format = 1;
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Everything of the time of these findings, or the whole ledger when none is named: segments and the other files,
    /// each with its entry and the proof that the entry is in the journal. Gives the SHA-256 of the bundle.
    /// </summary>
    public static BundleSummary Write(string directory, IReadOnlyList<string> findings, string path)
    {
        var verification = new JournalVerification(directory, new VerificationOptions());
        verification.Run();
        if (verification.Faults.Count > 0)
            throw new LedgerException(
                $"The ledger is not sound, so nothing is exported: {verification.Faults[0]}.");
        var contents = verification.State.ToContents(directory, verification.Head!);
        var chosen = findings.Select(id => contents.Findings.FirstOrDefault(finding => finding.Id == id)
            ?? throw new LedgerException($"There is no finding {id} in this ledger.")).ToList();
        var (files, entries) = Choose(verification, contents, chosen);
        using (var stream = File.Create(path))
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Add(zip, Note, Encoding.UTF8.GetBytes(BundleNote.Text(verification.Head!, chosen, files)));
            Add(zip, Checkpoint, File.ReadAllBytes(Path.Combine(directory, LedgerLayout.Checkpoint)));
            Add(zip, Key, Encoding.UTF8.GetBytes(verification.Key + "\n"));
            Add(zip, Manifest, ManifestOf(verification, files, entries));
            foreach (var name in files)
                Copy(zip, name, Path.Combine(directory, name));
        }
        return new BundleSummary(LedgerVerification.Digest(path), files.Count, entries.Count, verification.Head!);
    }

    private static (List<string> Files, List<long> Entries) Choose(
        JournalVerification journal, LedgerContents contents, List<Finding> findings)
    {
        var ids = findings.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        bool IsMeant(EventTime first, EventTime last) =>
            findings.Count == 0 || findings.Exists(finding => finding.First <= last && finding.Last >= first);
        var names = contents.Segments.Where(segment => IsMeant(segment.First, segment.Last))
            .Select(segment => segment.Name).Concat(contents.Totals).Concat(contents.Dictionaries)
            .Concat(journal.State.Of(FileKind.Findings).Select(file => file.Name))
            .Concat(new[] { contents.Accounts, contents.People }.OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var entries = new List<long>();
        for (var number = 0; number < journal.Entries.Count; number++)
        {
            var wanted = journal.Entries[number] switch
            {
                LedgerCreated or SourceRead or OperationConfigured or HoldPlaced or HoldReleased => true,
                SegmentAdded segment => names.Contains(segment.Name),
                CoverageAdded totals => names.Contains(totals.Name),
                FileAdded file => names.Contains(file.Name),
                FileRewritten file => file.NewName is { } name && names.Contains(name),
                FindingRaised raised => findings.Count == 0 || ids.Contains(raised.Id),
                SegmentRemoved or FileRemoved or PersonErased => true,
                _ => findings.Count == 0,
            };
            if (wanted)
                entries.Add(number);
        }
        return ([.. names.Order(StringComparer.Ordinal)], entries);
    }

    private static byte[] ManifestOf(JournalVerification journal, List<string> files, List<long> entries)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, FindingJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteStartArray("files");
            foreach (var name in files)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("entries");
            foreach (var number in entries)
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
public sealed record BundleSummary(string Sha256, int Files, int Entries, LedgerHead Head);
