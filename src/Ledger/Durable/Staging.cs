namespace WhoSaw.Ledger;

/// <summary>
/// The files that the next commit will name. They are written as <c>*.part</c>; <see cref="Publish"/> makes them
/// durable under their own names, but they count only when the log names them.
/// </summary>
internal sealed class Staging(FileSystem files, string directory)
{
    public const string PartSuffix = ".part";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StagedFile> _staged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _newFolders = new(StringComparer.Ordinal);

    /// <summary>Starts a file; <paramref name="name"/> is relative to the ledger, with forward slashes.</summary>
    public StagedFile Create(string name)
    {
        var path = Path.Combine(directory, name);
        var part = path + PartSuffix;
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            lock (_gate)
            {
                for (var missing = folder; !Directory.Exists(missing); missing = Path.GetDirectoryName(missing)!)
                    _newFolders.Add(missing);
            }
            files.CreateFolder(folder);
            var file = new StagedFile(files.Create(part), part);
            lock (_gate)
                _staged[name] = file;
            return file;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, part);
        }
    }

    /// <summary>The same for a file whose bytes are there already.</summary>
    public FileName Write(string name, byte[] bytes)
    {
        var file = Create(name);
        try
        {
            file.Write(bytes);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, name);
        }
        file.Complete();
        return new FileName(name, file.Sha256, file.Written);
    }

    /// <summary>Gives up one file.</summary>
    public void Drop(string name)
    {
        lock (_gate)
        {
            if (_staged.Remove(name, out var file))
                Remove(name, file);
        }
    }

    /// <summary>Flush every file, rename, flush every folder: afterwards a crash cannot take them away.</summary>
    public void Publish()
    {
        var names = _staged.Keys.Order(StringComparer.Ordinal).ToList();
        var path = directory;
        try
        {
            foreach (var name in names)
            {
                path = Path.Combine(directory, name + PartSuffix);
                files.Sync(path);
            }
            var folders = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                path = Path.Combine(directory, name);
                files.Rename(path + PartSuffix, path);
                folders.Add(Path.GetDirectoryName(path)!);
            }
            foreach (var folder in _newFolders)
                folders.Add(Path.GetDirectoryName(folder)!);
            foreach (var folder in folders)
            {
                path = folder;
                files.SyncFolder(folder);
            }
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    /// <summary>The log names the files now: they are no longer ours to remove.</summary>
    public void Forget()
    {
        _staged.Clear();
        _newFolders.Clear();
    }

    /// <summary>Removes everything that was staged; what cannot be removed is left to the next opening.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            foreach (var (name, file) in _staged)
                Remove(name, file);
            foreach (var folder in _newFolders.OrderByDescending(folder => folder.Length))
                RemoveEmpty(folder);
            Forget();
        }
    }

    private static void RemoveEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            // An empty folder says nothing.
        }
    }

    private void Remove(string name, StagedFile file)
    {
        file.Dispose();
        foreach (var path in new[] { Path.Combine(directory, name + PartSuffix), Path.Combine(directory, name) })
        {
            try
            {
                if (File.Exists(path))
                    files.Delete(path);
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                // No commit names it, so it does not count; the next opening tries again.
            }
        }
    }
}
