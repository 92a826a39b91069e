namespace WhoSaw.Testing;

/// <summary>The repository that the tests were built in, found by walking up to its solution.</summary>
public static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "WhoSaw.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
