using System.Security.Cryptography;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Scanning;

/// <summary>What of a log the ledger has.</summary>
/// <param name="Taken">Bytes from its start, decompressed.</param>
/// <param name="Stored">Bytes from its start as it is stored: so long it was when it was read.</param>
/// <param name="IsWhole">It has not grown since.</param>
/// <param name="Head">What it looks like from outside; null when it could not be opened.</param>
/// <param name="Entries">Of the journal: those whose bytes it holds.</param>
internal sealed record KnownPart(
    long Taken, long Stored, bool IsWhole, StoredHead? Head, IReadOnlyList<SourceEntry> Entries)
{
    public static KnownPart Nothing(StoredHead? head) => new(0, 0, false, head, []);
}

/// <summary>
/// How much of a log the ledger has, by the digests of what was read: never by its name or time, so that a log that was
/// renamed, has grown or was compressed since is neither recorded twice nor passed over. What was read of another
/// stream counts only where that stream has it no more: idle nodes write the same lines, each its own.
/// </summary>
internal sealed class LedgerReadings
{
    private readonly ILookup<string?, SourceEntry> _read;
    private readonly Lazy<HashSet<(string Source, string Stream, string? Head)>> _there;

    /// <param name="plan">Its files are what is there now.</param>
    public LedgerReadings(IEnumerable<SourceEntry> sources, ScanPlan plan)
    {
        _read = sources.Where(entry => entry.Size > 0).ToLookup(entry => entry.Head);
        _there = new(() => [.. plan.Sources.Where(source => source.Path != InputFile.StandardInput)
            .SelectMany(source => SourceFiles.Expand(source, plan.BaseDirectory).Files
                .Select(file => (source.Id, file.Stream, FileMark.OfFile(file.Path))))]);
    }

    public KnownPart Of(string source, SourceFile file)
    {
        var head = StoredHead.Of(file.Path);
        // What was read before marks were kept may be any file.
        List<SourceEntry> candidates = [.. _read[null].Where(entry => entry.Source == source)];
        var own = candidates.Count;
        if (head?.Mark is { } mark)
        {
            candidates.AddRange(_read[mark].Where(entry => IsOf(entry, source, file)));
            own = candidates.Count;
            candidates.AddRange(_read[mark].Where(entry => !IsOf(entry, source, file) && !IsThere(entry)));
        }
        var known = Of(file.Path, head, candidates[..own]);
        return known.Entries.Count > 0 || own == candidates.Count ? known : Of(file.Path, head, candidates[own..]);
    }

    /// <summary>Whether another stream has a log that begins with the same line, and it was read.</summary>
    public bool IsReadElsewhere(string source, SourceFile file, StoredHead? head) =>
        head?.Mark is { } mark && _read[mark].Any(entry => !IsOf(entry, source, file) && IsThere(entry));

    private static bool IsOf(SourceEntry entry, string source, SourceFile file) =>
        entry.Source == source && entry.Stream == file.Stream;

    private bool IsThere(SourceEntry entry) => _there.Value.Contains((entry.Source, entry.Stream, entry.Head));

    private static KnownPart Of(string path, StoredHead? head, List<SourceEntry> candidates)
    {
        if (candidates.Count == 0)
            return KnownPart.Nothing(head);
        var stored = AsStored(path, candidates);
        var inside = head is { IsWhole: true } ? AsDecompressed(path, candidates) : stored;
        var isWhole = stored.Count > 0 && Longest(stored) == new FileInfo(path).Length;
        var taken = Longest(inside);
        // It was cut off, or has a further member: what lay inside so far was taken.
        if (head is { IsWhole: true } && stored.Count > 0 && !isWhole)
            taken = Math.Max(taken, Inside(path, Longest(stored)));
        return new KnownPart(taken, Longest(stored), isWhole, head, [.. stored.Union(inside)]);
    }

    /// <summary>Those of the entries that are of the first bytes of a log, as it is stored.</summary>
    public static List<SourceEntry> AsStored(string path, IEnumerable<SourceEntry> entries)
    {
        var length = new FileInfo(path).Length;
        var known = entries.Where(entry => !entry.IsDecompressed && entry.Size <= length).ToList();
        return Begun(() => SourceStreams.Open(path), known);
    }

    /// <summary>Those that are of the first bytes inside a compressed log.</summary>
    public static List<SourceEntry> AsDecompressed(string path, IEnumerable<SourceEntry> entries) =>
        Begun(() => SourceStreams.OpenDecompressed(path), [.. entries]);

    /// <summary>How many bytes the first so many of a compressed log give.</summary>
    private static long Inside(string path, long stored)
    {
        using var log = SourceStreams.Decompress(new FirstBytes(SourceStreams.Open(path), stored));
        var buffer = new byte[1 << 18];
        var count = 0L;
        while (Read(log, buffer) is > 0 and var got)
            count += got;
        return count;
    }

    private static long Longest(List<SourceEntry> entries) => entries.Count == 0 ? 0 : entries.Max(entry => entry.Size);

    private static List<SourceEntry> Begun(Func<Stream> open, List<SourceEntry> entries)
    {
        var begun = new List<SourceEntry>();
        if (entries.Count == 0)
            return begun;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var log = open();
        var buffer = new byte[1 << 18];
        var done = 0L;
        foreach (var same in entries.GroupBy(entry => entry.Size).OrderBy(group => group.Key))
        {
            while (done < same.Key)
            {
                var got = Read(log, buffer.AsSpan(0, (int)Math.Min(buffer.Length, same.Key - done)));
                if (got == 0)
                    return begun;
                hash.AppendData(buffer, 0, got);
                done += got;
            }
            var digest = Convert.ToHexStringLower(hash.GetCurrentHash());
            begun.AddRange(same.Where(entry => entry.Sha256.Equals(digest, StringComparison.OrdinalIgnoreCase)));
        }
        return begun;
    }

    // A compressed log may be cut off: what can be read of it counts.
    private static int Read(Stream log, Span<byte> room)
    {
        try
        {
            return log.Read(room);
        }
        catch (Exception exception) when (SourceStreams.FaultOf(exception) is not null)
        {
            return 0;
        }
    }
}
