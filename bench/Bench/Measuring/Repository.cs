namespace WhoSaw.Bench.Measuring;

/// <summary>Where things are beside this program.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The built command, unless another is named.</summary>
    public static string WhoSaw(Arguments arguments) =>
        arguments.Text("whosaw", Path.Combine(Root, "artifacts", "bin", "Cli", "release", "whosaw"));

    /// <summary>This program, to be run again as a child.</summary>
    public static string Self => Environment.ProcessPath!;

    /// <summary>The full path of a program of the system; null when it is not installed.</summary>
    public static string? Installed(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "WhoSaw.slnx")))
                return folder;
        throw new InvalidOperationException("not inside the repository");
    }
}
