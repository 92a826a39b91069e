using System.Text;
using WhoSaw.Cli.Outputs;
using WhoSaw.Detection.Findings;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli;

/// <summary>
/// Reads <c>whosaw.yaml</c> (docs/configuration.md). Everything that is wrong is said at once; a configuration comes
/// only when nothing is.
/// </summary>
public static class ConfigurationFile
{
    private const int LargestFile = 16 << 20;

    /// <param name="path">The file; relative paths in it start from its folder.</param>
    /// <param name="checkFiles">Whether logs that are named must be there: not when logs come from the command
    /// line.</param>
    public static (Configuration? Configuration, IReadOnlyList<ConfigurationFault> Faults) Load(
        string path, bool checkFiles = true)
    {
        var faults = new FaultList(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (ReadText(path, faults) is not { } text)
            return (null, faults.InOrder());
        return Parse(text, path, folder, checkFiles, faults);
    }

    /// <summary>The same for a text; <paramref name="file"/> stands in the faults.</summary>
    public static (Configuration? Configuration, IReadOnlyList<ConfigurationFault> Faults) Parse(
        string text, string file, string folder, bool checkFiles) =>
        Parse(text, file, folder, checkFiles, new FaultList(file));

    private static (Configuration?, IReadOnlyList<ConfigurationFault>) Parse(
        string text, string file, string folder, bool checkFiles, FaultList faults)
    {
        Configuration? configuration = null;
        if (new YamlReader(faults).Read(text) is { } root)
        {
            var top = new Section(root, "a configuration", KnownWords.Top, faults);
            if (!top.IsBroken)
                configuration = Read(top, file, folder, checkFiles, faults);
        }
        var found = faults.InOrder();
        return (found.Count == 0 ? configuration : null, found);
    }

    private static Configuration Read(Section top, string file, string folder, bool checkFiles, FaultList faults)
    {
        CheckVersion(top, faults);
        var language = top.Text("language");
        if (language is not null && !KnownWords.Languages.Contains(language))
            faults.Add(top.Place("language"), $"there is no language '{language}': it is en or ko");
        var zone = ZoneText.Read(top, faults) ?? TimeZoneInfo.Utc;
        var proxies = top.Number("trusted-proxies", 0, 100) ?? 0;
        var sources = new SourceReader(faults, zone, proxies, checkFiles ? folder : null);
        var routes = new RouteReader(faults).Read(top.List("routes"));
        return new Configuration
        {
            Path = file,
            Directory = folder,
            Sources = [.. top.List("sources").Select(sources.Read).OfType<SourceOptions>()],
            Routes = routes,
            Tables = new TableReader(faults, routes).Read(top.List("tables")),
            AccountsPath = top.NamedFile("accounts", folder),
            PeoplePath = top.NamedFile("people", folder),
            KeysPath = top.NamedFile("keys", folder),
            Places = new NetworksReader(folder, faults).Read(top.Value("networks")),
            Outputs =
                [.. top.List("outputs").Select(new OutputReader(folder, faults).Read).OfType<OutputOptions>()],
            Announcements = [.. top.List("announcements").Select(new AnnouncementReader(faults, zone).Read)
                .OfType<Announcement>()],
            Detection = DetectionReader.Read(top.Value("detection"), faults),
            Zone = zone,
            Language = language ?? "",
        };
    }

    private static void CheckVersion(Section top, FaultList faults)
    {
        if (top.Value("version") is not { } version)
            faults.Add(top.Place("version"), "a configuration needs 'version: 1'");
        else if (version.Kind != YamlKind.Text || version.Text != "1")
            faults.Add(version, "the version is 1: this program knows no other");
    }

    private static string? ReadText(string path, FaultList faults)
    {
        if (SourceFiles.FaultOf(path) is { } fault)
        {
            faults.Add(1, 1, $"the configuration {fault}");
            return null;
        }
        byte[] bytes;
        using (var stream = File.OpenRead(path))
        {
            if (stream.Length > LargestFile)
            {
                faults.Add(1, 1, "this is too large for a configuration");
                return null;
            }
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        var invalid = System.Text.Unicode.Utf8.IsValid(bytes) ? -1 : FirstInvalid(bytes);
        if (invalid < 0)
            return Encoding.UTF8.GetString(bytes);
        var line = bytes.AsSpan(0, invalid).Count((byte)'\n') + 1;
        faults.Add(line, invalid - bytes.AsSpan(0, invalid).LastIndexOf((byte)'\n'), "a configuration is UTF-8 text");
        return null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }
}
