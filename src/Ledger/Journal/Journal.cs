using System.Globalization;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>
/// The Merkle log of every accountable act, and the only thing that makes files count. Everything goes through
/// <see cref="Append"/>; what counts is what the checkpoint says.
/// </summary>
internal sealed class Journal
{
    private const int Attempts = 20;

    private readonly string _directory;
    private readonly HashTree _tree = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _unfilled = [];

    private Journal(string directory) => _directory = directory;

    public JournalState State { get; private set; } = new();
    public IReadOnlyList<JournalEntry> Entries => _entries;
    public long Size => _tree.Size;
    public int NextCommit => State.Commits + 1;
    public string Origin { get; private set; } = "";

    /// <summary>Over all entries, in base64.</summary>
    public string Root => _tree.Root().ToString();

    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, LedgerLayout.Checkpoint));

    /// <summary>A journal without an entry, for a ledger that is being created.</summary>
    public static Journal Empty(string directory) => new(directory);

    /// <summary>
    /// Reads the journal, checks it against its root and that every file is there; changes nothing.
    /// </summary>
    public static Journal Load(string directory)
    {
        var journal = LoadEntries(directory);
        journal.RequireFiles();
        return journal;
    }

    /// <summary>The same without a look at the files.</summary>
    public static Journal LoadEntries(string directory)
    {
        var journal = new Journal(directory);
        journal.Refresh();
        return journal;
    }

    /// <summary>Takes up what others have added since.</summary>
    public void Refresh()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var bytes = JournalBundles.ReadCheckpoint(_directory)
                ?? throw new LedgerException($"{_directory} is not a ledger: it has no {LedgerLayout.Checkpoint}.");
            var (_, head) = JournalBundles.ParseCheckpoint(bytes);
            if (head.Size < Size)
                throw new LedgerException("The ledger is corrupt: its journal is shorter than it was.");
            if (JournalBundles.ReadEntries(_directory, Size, head.Size) is not { } entries)
                continue;
            Take(entries);
            if (_tree.Root() != head.Root)
                throw new LedgerException(
                    "The ledger is corrupt: its entries are not those of its checkpoint; see whosaw ledger verify.");
            Origin = head.Origin;
            return;
        }
        throw new LedgerException($"The ledger {_directory} lacks entries that its checkpoint counts.");
    }

    public LedgerContents ToContents() =>
        State.ToContents(_directory, new LedgerHead(Origin, Size, Root));

    /// <summary>
    /// The commit point: all of the entries or none. To be called with the journal's lock, after
    /// <see cref="Refresh"/>. When it fails, the journal is as before, unless that could not be made sure: then
    /// <paramref name="undone"/> is false, and only reopening can tell whether the entries are there.
    /// </summary>
    public void Append(
        FileSystem files, ILedgerSigner signer, IReadOnlyList<JournalEntry> entries, out bool undone)
    {
        undone = true;
        var key = KeyOf(signer, entries);
        var (before, head) = (Size, JournalBundles.ReadCheckpoint(_directory));
        var encoded = entries.Select(entry => (ReadOnlyMemory<byte>)JournalJson.Write(entry)).ToList();
        List<ReadOnlyMemory<byte>> bundled = [.. _unfilled, .. encoded];
        Take(encoded);
        var draft = new JournalDraft(files, _directory);
        var done = false;
        try
        {
            draft.WriteTiles(_tree, before, bundled);
            draft.WriteCheckpoint(new Checkpoint(key.Name, Size, _tree.Root()), key, signer);
            done = true;
        }
        finally
        {
            if (!done)
                undone = draft.TryUndo(head);
        }
        Origin = key.Name;
        draft.RemoveNarrower(before, Size);
    }

    /// <summary>The key as this ledger names it: of a change, the head is signed with the new one.</summary>
    private VerifierKey KeyOf(ILedgerSigner signer, IReadOnlyList<JournalEntry> entries)
    {
        var own = Ed25519.VerifierOf(signer.PublicKey.Span);
        var wanted = entries.OfType<KeyChanged>().LastOrDefault()?.Key ?? State.Key;
        if (wanted.Length == 0)
            return own;
        var key = new VerifierKey(Origin, NoteKeyKind.Ed25519, signer.PublicKey.Span);
        return key.ToString() == wanted
            ? key
            : throw new LedgerException(
                $"The ledger {Origin} is signed with another key; this key is of {own.Name}.");
    }

    private void Take(List<ReadOnlyMemory<byte>> entries)
    {
        foreach (var bytes in entries)
        {
            var number = Size;
            var entry = JournalJson.Read(bytes.Span) ?? throw Corrupt(number, "does not read as one");
            if (entry is KeyChanged change && change.Root != Root)
                throw Corrupt(number, "changes the key after other entries");
            if (State.Add(entry, number) is { } fault)
                throw entry is LedgerCreated { Format: > LedgerLayout.Format }
                    ? new LedgerException($"The ledger was written by a newer version: it {fault}.")
                    : Corrupt(number, fault);
            _entries.Add(entry);
            _tree.Add(TreeHash.Leaf(bytes.Span));
            if (Size % TileLayout.Width == 0)
                _unfilled.Clear();
            else
                _unfilled.Add(bytes);
        }
    }

    private static LedgerException Corrupt(long number, string fault) => new(string.Create(
        CultureInfo.InvariantCulture, $"The ledger is corrupt: entry {number} of its journal {fault}."));

    /// <summary>The number of the entry from which on a file counts.</summary>
    public long EntryOf(string name) => _entries.FindIndex(entry => entry.NewFiles.Any(file => file.Name == name));

    // A file that has just been let go of is not missing: then the journal says so by now.
    private void RequireFiles()
    {
        foreach (var (name, _, size) in State.Counting.ToList())
        {
            if (FaultOf(name, size) is null)
                continue;
            Refresh();
            if (State.Counts(name) && FaultOf(name, size) is { } fault)
                throw new LedgerException(string.Create(CultureInfo.InvariantCulture,
                    $"The ledger {_directory} {fault} {name}, which entry {EntryOf(name)} of its journal names."));
        }
    }

    private string? FaultOf(string name, long size)
    {
        var file = new FileInfo(Path.Combine(_directory, name));
        return !file.Exists ? "lacks" : file.Length != size ? "has another file in the place of" : null;
    }
}
