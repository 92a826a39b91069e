namespace WhoSaw.Intake.Tests.Formats;

/// <summary>Where tests find files: the repository, and material beside it that is not part of it.</summary>
internal static class Shared
{
    public static string Repository { get; } = FindRepository();

    public static string? Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("WHOSAW_SHARED")
            ?? Path.Combine(Path.GetDirectoryName(Repository) ?? "", "shared");
        var folder = Path.Combine(shared, name);
        return Directory.Exists(folder) ? folder : null;
    }

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "WhoSaw.slnx")))
                return folder;
        }
        throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
