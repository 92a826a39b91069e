using System.Security.Cryptography;
using System.Text;

namespace WhoSaw.Ledger;

/// <summary>What the proven entries of a bundle say about its files and keys.</summary>
internal sealed class BundleClaims
{
    private readonly Dictionary<string, (ExcerptPart Part, string Where)> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];
    private readonly List<string> _faults = [];

    /// <summary>Digests of whole files.</summary>
    public Dictionary<string, string> Digests { get; } = new(StringComparer.Ordinal);

    /// <summary>Digests of parts of files.</summary>
    public Dictionary<string, string> Excerpts { get; } = new(StringComparer.Ordinal);

    public void Take(JournalEntry entry, long number)
    {
        foreach (var (name, digest) in entry.NewFiles)
            Digests[name] = digest;
        switch (entry)
        {
            case ExcerptMade made:
                foreach (var part in made.Parts)
                    (Excerpts[part.Name], _parts[part.Name]) = (part.Sha256, (part, made.Where));
                break;
            case LedgerCreated created:
                _keys.Add(created.Key);
                break;
            case KeyChanged change when KeyChain.FaultOf(change, number, _keys.LastOrDefault() ?? "") is { } fault:
                _faults.Add($"entry {number} {fault}");
                break;
            case KeyChanged change:
                _keys.Add(change.Key);
                break;
        }
    }

    /// <param name="key">That of the bundle.</param>
    /// <param name="trusted">One of the keys that signed the ledger; null for any.</param>
    public IEnumerable<string> KeyFaults(string key, string? trusted)
    {
        foreach (var fault in _faults)
            yield return fault;
        if (_keys.Count == 0 || _keys[^1] != key)
            yield return "its key is not the one to which the journal leads";
        if (trusted is not null && !KeyChain.Has(_keys, trusted))
            yield return "no key that signed it is the one that is trusted";
    }

    /// <summary>Each part must come from a file that the journal knows, and be picked by these words.</summary>
    public IEnumerable<string> ExcerptFaults(IEnumerable<string> names, string? where)
    {
        var digest = where is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(where)));
        foreach (var name in names)
        {
            if (!_parts.TryGetValue(name, out var made))
                continue;
            if (Digests.GetValueOrDefault(made.Part.Of) != made.Part.OfSha256)
                yield return $"{name} is of a file that no entry names";
            if (made.Where != digest)
                yield return $"{name} was not picked by the words in the manifest";
        }
    }
}
