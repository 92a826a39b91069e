namespace WhoSaw.Intake.Sources;

/// <summary>Walks the folders that a pattern can reach.</summary>
internal sealed class PatternWalk
{
    private readonly NamePattern[] _segments;
    private readonly string _sourceId;
    private readonly string _root;

    public PatternWalk(string pattern, string sourceId)
    {
        _sourceId = sourceId;
        _root = Path.GetPathRoot(pattern) ?? "";
        _segments = [.. pattern[_root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(segment => new NamePattern(segment))];
    }

    public List<SourceFile> Files { get; } = [];
    public List<string> Faults { get; } = [];

    public void Run(string baseDirectory) => Walk(Path.GetFullPath(Path.Combine(baseDirectory, _root)), _root, 0, null);

    private void Walk(string folder, string display, int index, string? stream)
    {
        var segment = _segments[index];
        var isLast = index == _segments.Length - 1;
        if (segment.IsLiteral)
        {
            Take(folder, display, segment.Text, index, stream);
            return;
        }
        if (segment.IsFolders && !isLast)
            Walk(folder, display, index + 1, stream);
        foreach (var name in NamesIn(folder, display))
        {
            if (segment.IsFolders)
                Descend(folder, display, name, index, stream);
            else if (segment.Matches(name, out var found))
                Take(folder, display, name, index, found ?? stream);
        }
    }

    private void Take(string folder, string display, string name, int index, string? stream)
    {
        var path = Path.Combine(folder, name);
        var shown = Shown(display, name);
        if (index < _segments.Length - 1)
        {
            if (Directory.Exists(path))
                Walk(path, shown, index + 1, stream);
        }
        else if (File.Exists(path))
        {
            Files.Add(new SourceFile(Path.GetFullPath(path), shown, stream ?? _sourceId));
        }
    }

    private void Descend(string folder, string display, string name, int index, string? stream)
    {
        var path = Path.Combine(folder, name);
        if (name.StartsWith('.'))
            return;
        if (!Directory.Exists(path))
        {
            if (index == _segments.Length - 1)
                Take(folder, display, name, index, stream);
            return;
        }
        // a link to a folder above would be walked without end
        if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0)
            Walk(path, Shown(display, name), index, stream);
    }

    private string[] NamesIn(string folder, string display)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))]
                : [];
        }
        catch (UnauthorizedAccessException)
        {
            Faults.Add($"the folder {(display.Length == 0 ? "." : display)} cannot be read: no permission");
        }
        catch (IOException fault)
        {
            Faults.Add($"the folder {(display.Length == 0 ? "." : display)} cannot be read: {fault.Message}");
        }
        return [];
    }

    private static string Shown(string display, string name) =>
        display.Length == 0 || display.EndsWith('/') ? display + name : display + "/" + name;
}
