using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>What checking a bundle found.</summary>
/// <param name="Files">Whole files of the ledger.</param>
/// <param name="Excerpts">Parts of files: proven is that they were given out as they are, no more.</param>
public sealed record BundleReport(
    string Key, LedgerHead? Head, int Files, int Excerpts, int Entries, IReadOnlyList<string> Faults);

/// <summary>Checks a bundle with nothing but itself: digests, proofs, signature.</summary>
public static class BundleCheck
{
    /// <summary>Never throws for what a bundle holds: whatever is wrong with it is a fault.</summary>
    /// <param name="key">The key that is trusted; null takes the one in the bundle.</param>
    public static BundleReport Run(string path, string? key = null)
    {
        var faults = new List<string>();
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return Run(zip, key, faults);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or EndOfStreamException)
        {
            faults.Add("it does not read as a bundle");
            return new BundleReport(key ?? "", null, 0, 0, 0, faults);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    private static BundleReport Run(ZipArchive zip, string? trusted, List<string> faults)
    {
        var text = Encoding.UTF8.GetString(Read(zip, BundleWriter.Key)).Trim();
        var note = SignedNote.Parse(Read(zip, BundleWriter.Checkpoint));
        var head = note is null ? null : Checkpoint.Parse(note.Text);
        if (note is null || head is null)
        {
            faults.Add("its checkpoint does not read as one");
            return new BundleReport(text, null, 0, 0, 0, faults);
        }
        if (VerifierKey.Parse(text) is not { } key || !note.IsSignedBy(key, Ed25519.Verify) || key.Name != head.Origin)
            faults.Add("its checkpoint is not signed with its key");
        using var manifest = JsonDocument.Parse(Read(zip, BundleWriter.Manifest));
        var root = manifest.RootElement;
        if (root.GetProperty("format").GetInt32() != BundleWriter.Format)
            faults.Add("it has a format that this version does not know");
        var claims = new BundleClaims();
        var entries = 0;
        foreach (var each in root.GetProperty("entries").EnumerateArray())
        {
            entries++;
            var number = each.GetProperty("number").GetUInt64();
            var bytes = Encoding.UTF8.GetBytes(each.GetProperty("entry").GetString()!);
            if (!IsProven(each, number, bytes, head))
                faults.Add($"entry {number} is not in the journal");
            else if (JournalJson.Read(bytes) is { } entry)
                claims.Take(entry, (long)number);
        }
        faults.AddRange(claims.KeyFaults(text, trusted));
        var (files, excerpts) = (Names(root, "files"), Names(root, "excerpts"));
        foreach (var name in files)
            CheckFile(zip, name, claims.Digests, faults);
        foreach (var name in excerpts)
            CheckFile(zip, name, claims.Excerpts, faults);
        var where = root.TryGetProperty("where", out var words) ? words.GetString() : null;
        faults.AddRange(claims.ExcerptFaults(excerpts, where));
        string[] ours = [BundleWriter.Key, BundleWriter.Checkpoint, BundleWriter.Manifest, BundleWriter.Note];
        foreach (var name in zip.Entries.Select(entry => entry.FullName).Except([.. files, .. excerpts, .. ours]))
            faults.Add($"{name} is in no manifest");
        if (zip.Entries.Select(entry => entry.FullName).Distinct().Count() != zip.Entries.Count)
            faults.Add("a name is there twice");
        return new BundleReport(
            text, new LedgerHead(head.Origin, head.Size, head.Root.ToString()), files.Count, excerpts.Count, entries,
            faults);
    }

    private static List<string> Names(JsonElement root, string property) =>
        [.. root.GetProperty(property).EnumerateArray().Select(name => name.GetString()!)];

    private static bool IsProven(JsonElement each, ulong number, byte[] entry, Checkpoint head)
    {
        var proof = new List<TreeHash>();
        foreach (var hash in each.GetProperty("proof").EnumerateArray())
        {
            if (!TreeHash.TryParse(hash.GetString()!, out var read))
                return false;
            proof.Add(read);
        }
        return Proof.Includes(number, (ulong)head.Size, TreeHash.Leaf(entry), proof, head.Root);
    }

    private static void CheckFile(
        ZipArchive zip, string name, Dictionary<string, string> digests, List<string> faults)
    {
        if (zip.GetEntry(name) is not { } entry)
        {
            faults.Add($"{name} is missing");
            return;
        }
        using var stream = entry.Open();
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!digests.TryGetValue(name, out var known))
            faults.Add($"no entry names {name}");
        else if (known != digest)
            faults.Add($"{name} is not the file that was recorded");
    }

    private static byte[] Read(ZipArchive zip, string name)
    {
        using var stream = (zip.GetEntry(name) ?? throw new InvalidDataException(name)).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
