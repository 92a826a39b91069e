using System.Text;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>
/// The files of one append. Tiles are new files that nothing refers to until the checkpoint is put in the place of the
/// old one; that is the one step that counts.
/// </summary>
internal sealed class JournalDraft(FileSystem files, string directory)
{
    private readonly string _checkpoint = Path.Combine(directory, LedgerLayout.Checkpoint);
    private readonly List<string> _written = [];

    private string Part => _checkpoint + Staging.PartSuffix;

    /// <summary>Writes what a journal that grew needs anew, durably.</summary>
    /// <param name="bundled">The entries from the last unfilled bundle of the old size on.</param>
    public void WriteTiles(HashTree tree, long before, List<ReadOnlyMemory<byte>> bundled)
    {
        var first = before / TileLayout.Width;
        foreach (var (index, width) in TileLayout.Grown(0, before, tree.Size))
        {
            var entries = bundled.GetRange((int)((index - first) * TileLayout.Width), width);
            Write(TileLayout.Bundle(index, width), EntryBundle.Write(entries));
        }
        for (var level = 0; level <= TileLayout.TopLevel(tree.Size); level++)
            foreach (var (index, width) in TileLayout.Grown(level, before, tree.Size))
                Write(TileLayout.Tile(level, index, width), TileLayout.HashesOf(tree, level, index, width));
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in _written)
            for (var folder = Path.GetDirectoryName(path)!; folder != directory;
                folder = Path.GetDirectoryName(folder)!)
                folders.Add(folder);
        foreach (var path in _written)
            Try(path, () => files.Sync(path));
        foreach (var folder in folders)
            Try(folder, () => files.SyncFolder(folder));
    }

    /// <summary>Signs the head and puts it in the place of the old one.</summary>
    public void WriteCheckpoint(Checkpoint head, VerifierKey key, ILedgerSigner signer)
    {
        var text = head.ToText();
        var message = Encoding.UTF8.GetBytes(text);
        var signature = signer.Sign(message);
        if (!Ed25519.Verify(key.PublicKey, message, signature))
            throw new LedgerException("The signer gave a signature that does not fit its public key.");
        var note = new SignedNote(text, [new NoteSignature(key.Name, key.Id, signature)]);
        Try(_checkpoint, () =>
        {
            using (var part = files.Create(Part))
                part.Write(note.ToBytes());
            files.Sync(Part);
            files.Replace(Part, _checkpoint);
            files.SyncFolder(directory);
        });
    }

    /// <summary>
    /// Removes what was written when the old checkpoint is still in its place; false when the new one is there, or may
    /// be.
    /// </summary>
    public bool TryUndo(byte[]? before)
    {
        try
        {
            var now = File.Exists(_checkpoint) ? File.ReadAllBytes(_checkpoint) : null;
            if (now is null != before is null || (now is not null && !now.AsSpan().SequenceEqual(before)))
                return false;
            foreach (var path in _written.Append(Part).Where(File.Exists))
                files.Delete(path);
            foreach (var folder in _written.Select(path => Path.GetDirectoryName(path)!).Distinct())
                RemoveEmpty(folder);
            return true;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            // The old checkpoint stands; the next opening removes what it does not count.
            return true;
        }
    }

    /// <summary>
    /// Removes the unfilled tiles that wider ones have replaced; what stays is removed by an opening.
    /// </summary>
    public void RemoveNarrower(long before, long after)
    {
        foreach (var name in TileLayout.Unfilled(before).Except(TileLayout.Unfilled(after)))
        {
            var path = Path.Combine(directory, name);
            try
            {
                files.Delete(path);
                RemoveEmpty(Path.GetDirectoryName(path)!);
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                return;
            }
        }
    }

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(directory, name);
        Try(path, () =>
        {
            files.CreateFolder(Path.GetDirectoryName(path)!);
            _written.Add(path);
            using var file = files.Create(path);
            file.Write(bytes);
        });
    }

    private void RemoveEmpty(string folder)
    {
        for (; folder != directory && Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }

    private static void Try(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }
}
