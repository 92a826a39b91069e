namespace WhoSaw.Testing;

/// <summary>
/// Material that is not part of the repository: replays with their truth, real logs. It lies where the environment
/// variable WHOSAW_SHARED says, else in a folder <c>shared</c> beside the repository. Tests that need it skip where it
/// is missing.
/// </summary>
public static class SharedFolder
{
    public const string Missing = "the shared folder is not here: set WHOSAW_SHARED, or put it beside the repository";

    /// <summary>The folder, or null when there is none.</summary>
    public static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("WHOSAW_SHARED");
        var folder = !string.IsNullOrEmpty(named) ? named
            : Path.Combine(Path.GetDirectoryName(RepositoryFolder.Path) ?? "", "shared");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>A file or folder inside it, or null when there is none.</summary>
    public static string? Find(params ReadOnlySpan<string> parts)
    {
        if (Find() is not { } folder)
            return null;
        var path = Path.Combine([folder, .. parts]);
        return Path.Exists(path) ? path : null;
    }
}
