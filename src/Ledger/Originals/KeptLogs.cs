using WhoSaw.Records;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary>The logs that a ledger keeps as they were read.</summary>
public static class KeptLogs
{
    /// <summary>
    /// The kept log, or part of one, in which a record stands; null when it was not kept, or no longer is. Of a file
    /// that was read several times under one name, the one whose time the record's is in.
    /// </summary>
    /// <param name="file">As the record names it.</param>
    /// <param name="offset">Of the record in the decompressed log.</param>
    public static OriginalKept? Find(
        LedgerContents ledger, string source, string file, EventTime time, long offset) =>
        ledger.Originals
            .Where(log => log.Source == source && log.File == file && log.First <= time && time <= log.Last
                && log.From <= offset)
            .MaxBy(log => log.From);

    /// <summary>Whether the parts of a log that are kept lead up to a place in it without a hole.</summary>
    internal static bool Reach(IReadOnlyList<OriginalKept> originals, SourceEntry source, long place)
    {
        var reached = 0L;
        foreach (var part in originals
            .Where(log => log.Source == source.Source && log.File == source.File).OrderBy(log => log.From))
            if (part.From <= reached)
                reached = Math.Max(reached, part.From + part.LogSize);
        return reached >= place;
    }

    /// <summary>
    /// The bytes of the log as it was stored, so compressed where the log was. Throws <see cref="LedgerException"/>
    /// when they cannot be read.
    /// </summary>
    public static Stream Open(LedgerContents ledger, OriginalKept log)
    {
        var path = ledger.PathOf(log.Name);
        try
        {
            return new DecompressionStream(File.OpenRead(path), leaveOpen: false);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }
}
