using WhoSaw.Intake.Tailing;

namespace WhoSaw.Intake.Sources;

/// <summary>A file of a source.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Display">As configured, the pattern's wildcards filled in; with forward slashes.</param>
/// <param name="Stream">Who wrote it: what <c>{stream}</c> matched, else the source's id.</param>
public sealed record SourceFile(string Path, string Display, string Stream);

/// <summary>
/// Finds the files of a source. In its pattern <c>*</c> and <c>?</c> stay within a name, <c>**</c> is any number of
/// folders, and
/// <c>{stream}</c> names the writer: as little of a name as lets the rest match. Wildcards pass over names that begin
/// with a dot.
/// </summary>
public static class SourceFiles
{
    /// <summary>
    /// The files in ordinal order of their display, and a sentence for everything named that cannot be read. A plain
    /// file named on a command line is a pattern without wildcards.
    /// </summary>
    public static (IReadOnlyList<SourceFile> Files, IReadOnlyList<string> Faults) Expand(
        SourceOptions source, string baseDirectory)
    {
        var pattern = OperatingSystem.IsWindows() ? source.Path.Replace('\\', '/') : source.Path;
        if (pattern.Length == 0)
            return ([], ["the source names no file"]);
        var whole = System.IO.Path.GetFullPath(System.IO.Path.Combine(baseDirectory, pattern));
        if (File.Exists(whole))
            return Readable([new SourceFile(whole, pattern, source.Id)], []);
        if (Directory.Exists(whole))
            return ([], [$"{pattern} is a folder: name its files, for example {pattern.TrimEnd('/')}/*.log"]);
        if (!NamePattern.HasWildcard(pattern))
            return ([], [$"{pattern}: there is no such file"]);
        if (pattern.Split(NamePattern.StreamMark).Length > 2)
            return ([], [$"{pattern} holds {NamePattern.StreamMark} more than once"]);
        var walk = new PatternWalk(pattern, source.Id);
        walk.Run(baseDirectory);
        if (walk.Files.Count == 0 && walk.Faults.Count == 0)
            return ([], [$"{pattern} matches no file"]);
        var files = walk.Files.DistinctBy(file => file.Path, StringComparer.Ordinal)
            .OrderBy(file => file.Display, StringComparer.Ordinal).ToList();
        return Readable(files, walk.Faults);
    }

    private static (IReadOnlyList<SourceFile>, IReadOnlyList<string>) Readable(
        List<SourceFile> files, List<string> faults)
    {
        var readable = new List<SourceFile>(files.Count);
        foreach (var file in files)
            if (FaultOf(file.Path) is { } fault)
                faults.Add($"{file.Display} {fault}");
            else
                readable.Add(file);
        return (readable, faults);
    }

    /// <summary>Why a file cannot be opened, as the end of a sentence; null when it can.</summary>
    public static string? FaultOf(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return "is a folder, not a file";
            if (FileIdentity.IsPipe(path))
                return "is no file but a pipe or a device: give its bytes to standard input, as -";
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "cannot be read: no permission";
        }
        catch (FileNotFoundException)
        {
            return "does not exist";
        }
        catch (DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (IOException fault)
        {
            return $"cannot be read: {fault.Message}";
        }
    }
}
