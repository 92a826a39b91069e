using Spectre.Console;
using WhoSaw.Cli.Pages;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Pages;

/// <summary>
/// Pages as files. What a test saw lies in <c>Pages/Actual</c> beside the test assembly: look, then copy.
/// </summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Pages");

    public static string Render(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(PageConsole.Plain(text));
        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    public static void Check(string name, string actual)
    {
        var actualFolder = Directory.CreateDirectory(Path.Combine(Folder, "Actual")).FullName;
        File.WriteAllText(Path.Combine(actualFolder, name), actual);
        var expected = Path.Combine(Folder, "Golden", name);
        Assert.True(File.Exists(expected), $"there is no golden page {name}");
        Assert.Equal(File.ReadAllText(expected), actual);
    }
}
