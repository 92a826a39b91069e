using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>Recomputes a journal from its entries: tiles, root, signature.</summary>
internal sealed class JournalVerification(string directory, VerificationOptions options)
{
    private readonly List<LedgerFault> _faults = [];

    public IReadOnlyList<LedgerFault> Faults => _faults;
    public LedgerHead? Head { get; private set; }
    public string Key { get; private set; } = "";
    public JournalState State { get; } = new();
    public HashTree Tree { get; } = new();
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>The entries as they are written.</summary>
    public List<ReadOnlyMemory<byte>> Raw { get; } = [];

    public void Run()
    {
        if (ReadHead() is not var (note, head))
            return;
        Head = new LedgerHead(head.Origin, head.Size, head.Root.ToString());
        ReadEntries(head.Size);
        if (Entries is [LedgerCreated { Format: > LedgerLayout.Format } created, ..] && Tree.Root() == head.Root)
            throw new LedgerException($"The ledger {directory} was written by a newer version: its format is "
                + $"{created.Format}, this program knows {LedgerLayout.Format}.");
        Key = State.Key.Length > 0 ? State.Key : options.Key ?? "";
        if (State.Key.Length > 0 && options.Key is { } trusted && !KeyChain.Has(State.Keys, trusted))
            _faults.Add(new LedgerFault("no key that signed this ledger is the one that is trusted", 0));
        if (VerifierKey.Parse(Key) is not { } key)
            _faults.Add(new LedgerFault("there is no key to check the signature with"));
        else if (!note.IsSignedBy(key, Ed25519.Verify) || head.Origin != key.Name)
            _faults.Add(new LedgerFault($"the checkpoint is not signed by {key.Name}"));
        if (note.Signatures.Count != 1)
            foreach (var line in note.Signatures.Where(line => line.Name == head.Origin).Skip(1))
                _faults.Add(new LedgerFault($"the checkpoint has more than one signature of {line.Name}"));
        CompareTiles(head);
        CompareAgainst(head);
    }

    private (SignedNote, Checkpoint)? ReadHead()
    {
        if (JournalBundles.ReadCheckpoint(directory) is not { } bytes)
        {
            _faults.Add(new LedgerFault("there is no checkpoint"));
            return null;
        }
        if (SignedNote.Parse(bytes) is { } note && Checkpoint.Parse(note.Text) is { } head)
            return (note, head);
        _faults.Add(new LedgerFault("the checkpoint does not read as one"));
        return null;
    }

    private void ReadEntries(long size)
    {
        for (var index = 0L; index * TileLayout.Width < size; index++)
        {
            var start = index * TileLayout.Width;
            var width = (int)Math.Min(TileLayout.Width, size - start);
            var name = TileLayout.Bundle(index, width);
            if (Read(name) is not { } bytes)
            {
                _faults.Add(new LedgerFault($"{name} is missing", start));
                return;
            }
            if (EntryBundle.Read(bytes, width) is not { } bundle)
            {
                _faults.Add(new LedgerFault($"{name} does not read as {width} entries", start));
                return;
            }
            foreach (var entry in bundle)
            {
                Raw.Add(entry);
                Take(entry.Span);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var number = Tree.Size;
        var read = JournalJson.Read(bytes);
        var before = read is KeyChanged ? Tree.Root().ToString() : "";
        Tree.Add(TreeHash.Leaf(bytes));
        if (read is not { } entry)
        {
            _faults.Add(new LedgerFault("an entry does not read as one", number));
            Entries.Add(new JournalEntry());
            return;
        }
        Entries.Add(entry);
        if (entry is KeyChanged change && change.Root != before)
            _faults.Add(new LedgerFault("an entry changes the key after other entries than these", number));
        if (State.Add(entry, number) is { } fault)
            _faults.Add(new LedgerFault($"an entry {fault}", number));
    }

    private void CompareTiles(Checkpoint head)
    {
        if (Tree.Size != head.Size)
            return;
        var sound = Tree.Root() == head.Root;
        long? first = null;
        for (var level = 0; level <= TileLayout.TopLevel(head.Size); level++)
            foreach (var (index, width) in TileLayout.Grown(level, 0, head.Size))
            {
                var name = TileLayout.Tile(level, index, width);
                var wanted = TileLayout.HashesOf(Tree, level, index, width);
                if (Read(name) is not { } found)
                    _faults.Add(new LedgerFault($"{name} is missing"));
                else if (sound && !found.AsSpan().SequenceEqual(wanted))
                    _faults.Add(new LedgerFault($"{name} is not what the entries give"));
                else if (!sound && level == 0 && found.AsSpan().CommonPrefixLength(wanted) is var same
                    && same < Math.Max(found.Length, wanted.Length))
                    first ??= index * TileLayout.Width + same / TreeHash.Length;
            }
        if (!sound)
            _faults.Add(first is null
                ? new LedgerFault("the entries are not those that the checkpoint was signed over")
                : new LedgerFault("an entry is not the one that the checkpoint was signed over", first));
        var known = TileLayout.Names(head.Size).ToHashSet(StringComparer.Ordinal);
        foreach (var name in LedgerLayout.TileFiles(directory).Where(name => !known.Contains(name)))
            _faults.Add(new LedgerFault(
                $"{name} is none of this checkpoint's: a commit was cut off, or an older checkpoint was put back"));
    }

    private void CompareAgainst(Checkpoint head)
    {
        if (options.Against is not { } bytes)
            return;
        if (SignedNote.Parse(bytes) is not { } note || Checkpoint.Parse(note.Text) is not { } older)
            _faults.Add(new LedgerFault("the older checkpoint does not read as one"));
        else if (!State.Keys.Any(each => VerifierKey.Parse(each) is { } key && note.IsSignedBy(key, Ed25519.Verify)))
            _faults.Add(new LedgerFault("the older checkpoint is not signed by a key of this ledger"));
        else if (older.Origin != head.Origin)
            _faults.Add(new LedgerFault("the older checkpoint is of another ledger"));
        else if (older.Size > head.Size)
            _faults.Add(new LedgerFault(
                "the ledger has fewer entries than the older checkpoint: entries were taken away", head.Size));
        else if (older.Size <= Tree.Size && Tree.Root(older.Size) != older.Root)
            _faults.Add(new LedgerFault(
                $"the first {older.Size} entries are not those of the older checkpoint: the past was rewritten", 0));
    }

    private byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(directory, name));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, name);
        }
    }
}
