using System.Xml.Linq;

namespace WhoSaw.Architecture.Tests;

/// <summary>A project file, as its text says.</summary>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    /// <summary>src, test or bench.</summary>
    public string Folder { get; } = Path.Split('/')[0];
    public string Name { get; } = NameOf(Path);
    public IReadOnlyList<string> References { get; } =
        [.. Named(Xml, "ProjectReference").Select(NameOf).Order()];

    public IReadOnlyList<string> Packages { get; } = [.. Named(Xml, "PackageReference").Order()];

    public string? Property(string name) => Xml.Descendants(name).FirstOrDefault()?.Value;

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path);

    private static IEnumerable<string> Named(XDocument xml, string element) =>
        xml.Descendants(element).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}

/// <summary>A source file with its lines; the path is relative to the root, with slashes.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>The files of the repository, found by walking up to its solution.</summary>
internal static class Repository
{
    private static readonly string[] TextKinds =
    [
        ".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".yaml", ".yml", ".txt", ".sh", ".csv", ".jsonl", ".log",
        ".svg", ".html", ".resx", ".editorconfig", ".gitignore", ".gitattributes", "",
    ];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
    [
        .. new[] { "src", "test", "bench" }.SelectMany(Files)
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => new ProjectFile(path, XDocument.Parse(Text(path)))),
    ];

    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. new[] { "src", "test", "bench" }.SelectMany(Files)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, Text(path).TrimEnd('\n').Split('\n'))),
    ];

    /// <summary>Every file that could be committed and holds text.</summary>
    public static IEnumerable<string> TextFiles => Files("")
        .Where(path => TextKinds.Contains(System.IO.Path.GetExtension(path)))
        .Where(path => !path.EndsWith("packages.lock.json", StringComparison.Ordinal));

    public static IEnumerable<ProjectFile> Rooms => Projects.Where(project => project.Folder == "src");

    public static string Text(string path) => File.ReadAllText(System.IO.Path.Combine(Root, path));

    /// <summary>Files below a folder, relative to the root, without what a build or git leaves.</summary>
    public static IEnumerable<string> Files(string folder)
    {
        var start = System.IO.Path.Combine(Root, folder);
        if (!Directory.Exists(start))
            return [];
        return Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "artifacts" or ".git" or "obj" or "bin" or "evidence"))
            .Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        var start = AppContext.BaseDirectory;
        for (var folder = start; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, "WhoSaw.slnx")))
                return folder;
        throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
