namespace WhoSaw.Records;

/// <summary>
/// What the numbers in a batch stand for. Grows while logs are read, by the one thread that merges; numbers are given
/// in the order of the merged records and so do not depend on the number of threads.
/// </summary>
public sealed class Catalog
{
    private readonly List<string> _sources = [];
    private readonly List<StreamEntry> _streams = [];
    private readonly List<FileEntry> _files = [];
    private readonly List<Operation> _operations;

    public Catalog(IEnumerable<Operation> operations) => _operations = [Operation.Login, .. operations];

    public sealed record StreamEntry(int Source, string Name);

    /// <param name="Path">As configured: relative to the configuration where that was relative.</param>
    public sealed record FileEntry(int Stream, string Path);

    public SymbolTable Symbols { get; } = new();
    public SubjectDictionary Subjects { get; } = new();
    public IReadOnlyList<string> Sources => _sources;
    public IReadOnlyList<StreamEntry> Streams => _streams;
    public IReadOnlyList<FileEntry> Files => _files;

    /// <summary>Index 0 is <see cref="Operation.Login"/>; the configured ones follow in their order.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    public int AddSource(string id)
    {
        _sources.Add(id);
        return _sources.Count - 1;
    }

    public int AddStream(int source, string name)
    {
        var known = _streams.FindIndex(stream => stream.Source == source && stream.Name == name);
        if (known >= 0)
            return known;
        _streams.Add(new StreamEntry(source, name));
        return _streams.Count - 1;
    }

    public int AddFile(int stream, string path)
    {
        _files.Add(new FileEntry(stream, path));
        return _files.Count - 1;
    }
}
