namespace WhoSaw.Ledger.Tests;

/// <summary>Material that is not part of the repository; tests that need it skip where it is missing.</summary>
internal static class Shared
{
    /// <summary>A folder of replays, or null.</summary>
    public static string? Replay(string name)
    {
        var root = Environment.GetEnvironmentVariable("WHOSAW_SHARED") ?? Beside();
        var path = root is null ? null : Path.Combine(root, "replays", name);
        return Directory.Exists(path) ? path : null;
    }

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WhoSaw.slnx")))
                return folder.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared");
        return null;
    }
}
