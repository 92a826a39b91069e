using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>Reads the head and the entries of a journal from its files; checks neither hash nor signature.</summary>
internal static class JournalBundles
{
    /// <summary>The bytes of the checkpoint; null when there is none.</summary>
    public static byte[]? ReadCheckpoint(string directory)
    {
        var path = Path.Combine(directory, LedgerLayout.Checkpoint);
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    /// <summary>The checkpoint in a note.</summary>
    public static (SignedNote Note, Checkpoint Head) ParseCheckpoint(byte[] bytes)
    {
        if (SignedNote.Parse(bytes) is not { } note || Checkpoint.Parse(note.Text) is not { } head)
            throw new LedgerException("The ledger is corrupt: its checkpoint does not read as one.");
        return (note, head);
    }

    /// <summary>
    /// The entries from <paramref name="from"/> on of a journal of that size; null when a bundle is missing, as happens
    /// when a writer has gone on meanwhile.
    /// </summary>
    public static List<ReadOnlyMemory<byte>>? ReadEntries(string directory, long from, long size)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        for (var index = from / TileLayout.Width; index * TileLayout.Width < size; index++)
        {
            var start = index * TileLayout.Width;
            var width = (int)Math.Min(TileLayout.Width, size - start);
            var name = TileLayout.Bundle(index, width);
            if (TryRead(Path.Combine(directory, name)) is not { } bytes)
                return null;
            if (EntryBundle.Read(bytes, width) is not { } bundle)
                throw new LedgerException($"The ledger is corrupt: {name} does not read as entries.");
            entries.AddRange(bundle.Skip((int)Math.Max(0, from - start)));
        }
        return entries;
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }
}
