using System.Globalization;
using System.Text.Json;

namespace WhoSaw.Ledger;

/// <summary>
/// <c>log.jsonl</c>: the only thing that makes files count. A line is a commit; a line that has no end was never
/// committed. Everything accountable goes through <see cref="Append"/>.
/// </summary>
internal sealed class CommitLog
{
    private readonly string _directory;
    private readonly string _path;
    private readonly List<CommitEntry> _entries;
    private long _length;

    private CommitLog(string directory, List<CommitEntry> entries, long length, long torn)
    {
        _directory = directory;
        _path = Path.Combine(directory, LedgerLayout.Log);
        _entries = entries;
        _length = length;
        TornBytes = torn;
    }

    public IReadOnlyList<CommitEntry> Entries => _entries;

    /// <summary>Bytes after the last whole line: what a crash while appending left.</summary>
    public long TornBytes { get; private set; }

    public int NextCommit => _entries.Count + 1;

    /// <summary>Reads and checks the log; changes nothing.</summary>
    public static CommitLog Load(string directory)
    {
        var path = Path.Combine(directory, LedgerLayout.Log);
        if (!File.Exists(path))
            throw new LedgerException($"{directory} is not a ledger: it has no {LedgerLayout.Log}.");
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
        var entries = new List<CommitEntry>();
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is var length and >= 0)
        {
            entries.Add(Parse(bytes.AsSpan(start, length), entries.Count + 1, path));
            start += length + 1;
        }
        var log = new CommitLog(directory, entries, start, bytes.Length - start);
        log.RequireFiles();
        return log;
    }

    /// <summary>Cuts off what a crash left after the last whole line.</summary>
    public void CutTorn(FileSystem files)
    {
        if (TornBytes > 0)
            Try(() => files.Truncate(_path, _length));
        TornBytes = 0;
    }

    /// <summary>
    /// The commit point. When it fails, the log is as before, unless that could not be made sure: then
    /// <paramref name="undone"/> is false, and only reopening can tell whether the commit is there.
    /// </summary>
    public void Append(FileSystem files, CommitEntry entry, out bool undone)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, CommitJson.Plain.CommitEntry);
        undone = false;
        try
        {
            files.Append(_path, _length, [.. line, (byte)'\n']);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            undone = TryTruncate(files);
            throw LedgerException.From(exception, _path);
        }
        _length += line.Length + 1;
        _entries.Add(entry);
    }

    private bool TryTruncate(FileSystem files)
    {
        try
        {
            files.Truncate(_path, _length);
            return true;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            return false;
        }
    }

    public LedgerContents ToContents()
    {
        var operations = new Dictionary<string, OperationEntry>(StringComparer.Ordinal);
        foreach (var operation in _entries.SelectMany(entry => entry.Operations))
            operations[operation.Name] = operation;
        return new LedgerContents(
            _directory,
            [.. _entries.SelectMany(entry => entry.Segments)],
            [.. _entries.Select(entry => entry.Totals?.Name).OfType<string>()],
            [.. _entries.Select(entry => entry.Dictionary?.Name).OfType<string>()],
            _entries.LastOrDefault(entry => entry.Accounts is not null)?.Accounts!.Name,
            _entries.LastOrDefault(entry => entry.People is not null)?.People!.Name,
            [.. operations.Values],
            [.. _entries.SelectMany(entry => entry.Sources)],
            FindingFile.ReadAll(_directory, _entries.Select(entry => entry.Findings?.Name).OfType<string>()));
    }

    private static CommitEntry Parse(ReadOnlySpan<byte> line, int number, string path)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}");
        try
        {
            RefuseNewer(line, where);
            var entry = JsonSerializer.Deserialize(line, CommitJson.Plain.CommitEntry);
            if (entry is null || entry.Commit != number)
                throw new LedgerException($"The ledger's log is corrupt: {where} is not commit {number}.");
            if (entry.Names.FirstOrDefault(name => !IsInside(name)) is { } outside)
                throw new LedgerException($"The ledger's log is corrupt: {where} names {outside}.");
            return entry;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new LedgerException($"The ledger's log is corrupt: {where} does not read as a commit.", exception);
        }
    }

    private static void RefuseNewer(ReadOnlySpan<byte> line, string where)
    {
        using var document = JsonDocument.Parse(line.ToArray());
        var format = document.RootElement.GetProperty("format").GetInt32();
        if (format > LedgerLayout.Format)
            throw new LedgerException(string.Create(CultureInfo.InvariantCulture,
                $"The ledger was written by a newer version: {where} has format {format}, "
                + $"known is {LedgerLayout.Format}."));
    }

    private static bool IsInside(string name) => !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");

    private void RequireFiles()
    {
        foreach (var name in _entries.SelectMany(entry => entry.Names))
            if (!File.Exists(Path.Combine(_directory, name)))
                throw new LedgerException($"The ledger {_directory} lacks {name}, which a commit names.");
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, _path);
        }
    }
}
