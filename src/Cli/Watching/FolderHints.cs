using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// Tells early that a folder changed, where the system can. Only a hint: network file systems say nothing, and names
/// are looked at now and then in any case.
/// </summary>
internal sealed class FolderHints : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];

    public FolderHints(ScanPlan plan, Action changed)
    {
        var folders = plan.Sources.SelectMany(source => SourceFiles.Expand(source, plan.BaseDirectory).Files)
            .Select(file => Path.GetDirectoryName(file.Path)!).Distinct(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            try
            {
                var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName };
                watcher.Created += (_, _) => changed();
                watcher.Renamed += (_, _) => changed();
                _watchers.Add(watcher);
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // No hints from there, for example because the system's limit on watched folders is reached.
            }
        }
    }

    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());
}
