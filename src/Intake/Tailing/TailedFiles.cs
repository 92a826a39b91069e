using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// Which generations of which logs there are. Looks at names now and then and tells renamed, copied, emptied and
/// compressed files from new ones: by inode, by their first line, and by the bytes before the position.
/// </summary>
internal sealed class TailedFiles(
    Catalog catalog, IReadOnlyList<SourceOptions> sources, string baseDirectory, TailOptions options,
    Func<SourceOptions, SourceFile, long> takenBefore)
{
    private readonly List<TailedFile> _files = [];
    private readonly int[] _sourceNumbers = [.. sources.Select(source => catalog.AddSource(source.Id))];

    // Files that hold nothing new, and how large they were when that was found.
    private readonly Dictionary<FileIdentity, long> _nothingNew = [];
    private readonly Dictionary<FileIdentity, (long Size, DateTimeOffset Since)> _settling = [];
    private readonly Dictionary<FileIdentity, DateTimeOffset> _alikeSince = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public IReadOnlyList<TailedFile> Files => _files;

    /// <summary>Files that detection was to see again and that are gone.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Sentences for people, since they were taken last.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Called for each generation that is new.</summary>
    public required Action<TailedFile> Found { get; init; }

    /// <summary>Called when one is there to be read, or again.</summary>
    public required Action<TailedFile> Opened { get; init; }

    /// <summary>Takes up saved positions, before the first look.</summary>
    /// <param name="from">Where detection has to begin again in a file; its position where it need not.</param>
    public void Restore(IEnumerable<TailPosition> positions, Func<TailPosition, long> from)
    {
        foreach (var position in positions)
        {
            if (sources.FirstOrDefault(source => source.Id == position.Source) is not { } source)
                continue;
            var display = FileMark.Parts(position.File).Display;
            var start = Math.Min(position.Offset, from(position));
            var file = Create(
                source, new SourceFile(position.Path, display, position.Stream), position.Mark, start,
                start < position.Offset ? position.Offset : 0);
            file.Restore(position);
        }
    }

    public void Look(DateTimeOffset now, bool isFirst)
    {
        var seen = new HashSet<FileIdentity>();
        foreach (var source in sources)
        {
            var (found, faults) = SourceFiles.Expand(source, baseDirectory);
            if (isFirst)
                faults.ToList().ForEach(Say);
            foreach (var candidate in found)
                if (IdentityOf(candidate.Path) is { } identity && seen.Add(identity))
                    See(source, candidate, identity, now, isFirst);
        }
        foreach (var file in _files.Where(file => !file.IsOpen && file.Pending == 0 && NeedsMore(file)).ToList())
            Search(file, seen, now, isFirst);
        foreach (var file in _files.Where(file => file.IsOpen))
            Judge(file, now);
        Forget();
    }

    private static bool NeedsMore(TailedFile file) => !file.IsFinished || file.IsReplaying;

    private void See(
        SourceOptions source, SourceFile candidate, FileIdentity identity, DateTimeOffset now, bool isFirst)
    {
        var size = SizeOf(candidate.Path);
        var known = _files.Find(file => file.Identity == identity);
        if (known is { IsOpen: true })
        {
            known.Rename(candidate.Path, candidate.Display);
            return;
        }
        if ((_nothingNew.TryGetValue(identity, out var before) && before == size) || known is { Pending: > 0 }
            || StoredHead.Of(candidate.Path) is not { Mark: { } mark } head)
            return;
        if (known is not null && mark == known.Mark && (head.IsWhole || size >= known.Proof.Offset))
        {
            known.Rename(candidate.Path, candidate.Display);
            if (!NeedsMore(known) && !(head.IsWhole ? size > known.StoredSize : size != known.TakenTo))
                _nothingNew[identity] = size;
            else if (NeedsMore(known) || !head.IsWhole || IsSettled(identity, size, now))
                Continue(known, candidate, identity, head.IsWhole, now);
            return;
        }
        if (known is not null && mark != known.Mark)
            known.LoseIdentity();
        if (!head.IsWhole || isFirst || IsSettled(identity, size, now))
            Place(source, candidate, identity, size, mark, head.IsWhole, now);
    }

    /// <summary>A file that is not known by its inode: by its content it may be.</summary>
    private void Place(
        SourceOptions source, SourceFile candidate, FileIdentity identity, long size, string mark, bool isWhole,
        DateTimeOffset now)
    {
        // Idle nodes write the same lines: of another stream it is a copy only where that one's file is gone.
        var alike = _files.Where(file => file.Source.Id == source.Id && file.Mark == mark
            && (file.Stream == candidate.Stream || !IsWhereItWas(file))).ToList();
        if (alike.Count > 0)
        {
            if (!_alikeSince.TryGetValue(identity, out var since))
                _alikeSince[identity] = since = now;
            var isBusy = alike.Exists(file => file.IsOpen || file.Pending > 0);
            // To look into a compressed file is dear: not while the file that it was made of is still being read.
            if (isWhole && isBusy && now - since < options.Missing)
                return;
            if (alike.Find(file => StoredHead.Holds(candidate.Path, file)) is { } same)
            {
                if (same.Pending == 0 && (!same.IsOpen || IsReplaced(same, candidate, now)))
                    Continue(same, candidate, identity, isWhole, now);
                return;
            }
            // A copy that is being made, or an old answer of a network file system: it will be whole soon.
            if (now - since < options.Shrunk)
                return;
        }
        var taken = takenBefore(source, candidate);
        if (taken == long.MaxValue)
        {
            _nothingNew[identity] = size;
            return;
        }
        if (!isWhole && alike.Exists(file => file.IsTruncated))
        {
            taken = size;
            Say($"{candidate.Display} was cut off behind its beginning; it is read on from its end.");
        }
        var file = Create(source, candidate, mark, taken, 0);
        Continue(file, candidate, identity, isWhole, now);
        Found(file);
    }

    private static bool IsWhereItWas(TailedFile file) =>
        file.Identity is { } identity && IdentityOf(file.Path) == identity;

    /// <summary>A copy took its name, as rsync leaves it, and nobody writes to what was read.</summary>
    private bool IsReplaced(TailedFile file, SourceFile candidate, DateTimeOffset now) =>
        file.Path == candidate.Path && file.Behind == 0 && now - file.Since >= options.Ended;

    /// <summary>False when the file cannot be opened now.</summary>
    private bool Continue(
        TailedFile file, SourceFile candidate, FileIdentity identity, bool isWhole, DateTimeOffset now)
    {
        try
        {
            file.Open(candidate.Path, candidate.Display, identity, isWhole, now);
            _said.Remove(candidate.Path);
            Opened(file);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            if (_said.Add(candidate.Path))
                Say($"{candidate.Display} cannot be read now: {fault.Message}");
            return false;
        }
    }

    /// <summary>Looks for the rest of a file beside where it lay, under names that begin as its own.</summary>
    private void Search(TailedFile file, HashSet<FileIdentity> seen, DateTimeOffset now, bool isFirst)
    {
        var folder = Path.GetDirectoryName(file.Input.Path)!;
        var stem = Path.GetFileName(file.Input.Path).Split('.')[0];
        if (Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder, stem + "*").Order(StringComparer.Ordinal))
            {
                if (IdentityOf(path) is not { } identity || (seen.Contains(identity) && identity != file.Identity))
                    continue;
                if (_files.Exists(other => other.IsOpen && other.Identity == identity)
                    || StoredHead.Of(path) is not { } head || head.Mark != file.Mark
                    || (head.IsWhole && !isFirst && !IsSettled(identity, SizeOf(path), now))
                    || !StoredHead.Holds(path, file))
                    continue;
                var display = Path.Combine(Path.GetDirectoryName(file.Display) ?? "", Path.GetFileName(path));
                Continue(file, new SourceFile(path, display, file.Stream), identity, head.IsWhole, now);
                return;
            }
        if (file.Since == default)
            file.Since = now;
        if (now - file.Since < options.Missing && !(isFirst && file.IsFinished))
            return;
        if (file.IsReplaying)
        {
            Forgotten++;
            Say($"{file.Display} is gone: what it told is in the ledger, and detection has to go on without it.");
        }
        else
        {
            Say($"{file.Display} went away before it was seen to be read to its end; lines at its end may be missing.");
        }
        (file.IsFinished, file.ReplayTo) = (true, 0);
    }

    /// <summary>Whether a file that is open is done.</summary>
    private void Judge(TailedFile file, DateTimeOffset now)
    {
        var there = IdentityOf(file.Input.Path);
        file.IsRotated = there is not null && file.Identity is not null && there != file.Identity;
        var quiet = now - file.Since;
        if (file.Behind > 0 || file.IsReplaying || !(file.IsCompressed ? file.Whole is not null
            : quiet >= (file.IsRotated ? options.Ended * 2 : options.Missing) && (file.IsRotated || there is null)))
            return;
        if (file is { IsFinished: false, Whole.Fault: { } fault })
            Say($"{file.Display}: {fault}");
        (file.IsFinished, file.StoredSize) = (true, file.Whole?.Size ?? file.StoredSize);
    }

    private TailedFile Create(SourceOptions source, SourceFile named, string mark, long from, long replayTo)
    {
        var number = _sourceNumbers[sources.ToList().IndexOf(source)];
        var stream = catalog.AddStream(number, named.Stream);
        var name = FileMark.Marked(named.Display, mark);
        var input = new InputFile(catalog.AddFile(stream, name), FirstPath(named), name, stream, source);
        var file = new TailedFile(
            source, input, named.Stream, mark, from,
            () => FormatCatalog.Create(new FormatOptions(source.Format, source.Fields, source.Zone))!)
        {
            ReplayTo = replayTo,
        };
        _files.Add(file);
        return file;
    }

    private string FirstPath(SourceFile named) => Path.GetFullPath(Path.Combine(baseDirectory, named.Display));

    private bool IsSettled(FileIdentity identity, long size, DateTimeOffset now)
    {
        if (!_settling.TryGetValue(identity, out var before) || before.Size != size)
            _settling[identity] = before = (size, now);
        return now - before.Since >= options.Settled;
    }

    private void Forget()
    {
        var finished = _files.Count(file => file.IsFinished && !file.IsOpen);
        if (finished > options.Remembered)
            _files.RemoveAll(file => file.IsFinished && !file.IsOpen && finished-- > options.Remembered);
        if (_settling.Count > options.Remembered)
            _settling.Clear();
        if (_alikeSince.Count > options.Remembered)
            _alikeSince.Clear();
    }

    private void Say(string sentence) => Notices.Add(sentence);

    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    /// <summary>Where the system tells no inode, the path and the moment of creation stand for it.</summary>
    private static FileIdentity? IdentityOf(string path)
    {
        if (!File.Exists(path))
            return null;
        if (OperatingSystem.IsLinux())
            return FileIdentity.Of(path);
        var name = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path));
        return new FileIdentity(BitConverter.ToUInt64(name), (ulong)File.GetCreationTimeUtc(path).Ticks);
    }
}
