using System.Text.RegularExpressions;

namespace WhoSaw.Architecture.Tests;

public sealed partial class SourceTests(ITestOutputHelper output)
{
    private const int LongestFile = 400;
    private const int LongestLine = 120;
    private static readonly string[] BannedFolders =
        ["Core", "Common", "Shared", "Utilities", "Utils", "Helpers", "Misc"];
    private static readonly string[] BannedEndings =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor"];

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        foreach (var file in Repository.Sources.OrderByDescending(file => file.Lines.Length).Take(10))
            output.WriteLine($"{file.Lines.Length,4} {file.Path}");
        Faults.AssertNone(Repository.Sources.Where(file => file.Lines.Length > LongestFile)
            .Select(file => $"{file.Path} has {file.Lines.Length} lines"));
    }

    [Fact]
    public void No_line_is_longer_than_120_columns() => Faults.AssertNone(
        from file in Repository.Sources
        where !file.Path.StartsWith("bench/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where line.Item.Length > LongestLine
        select $"{file.Path}:{line.Index + 1} has {line.Item.Length} columns");

    // The ledger is one unit whose folders only sort its files; a class Configuration in a namespace of that name would
    // hide one of the two from the rest of the host.
    private static readonly Dictionary<string, string> FoldersWithoutNamespace = new()
    {
        ["src/Ledger"] = "WhoSaw.Ledger",
        ["test/Ledger.Tests"] = "WhoSaw.Ledger.Tests",
        ["src/Cli/Configuration"] = "WhoSaw.Cli",
    };

    [Fact]
    public void A_namespace_is_the_folder() => Faults.AssertNone(
        from file in Repository.Sources
        let stated = file.Lines.Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)
        where stated is not null && stated.Groups[1].Value != NamespaceOf(file.Folder)
        where !FoldersWithoutNamespace.Any(folder => stated.Groups[1].Value == folder.Value
            && (file.Folder + "/").StartsWith(folder.Key + "/", StringComparison.Ordinal))
        select $"{file.Path} says {stated.Groups[1].Value}, its folder is {NamespaceOf(file.Folder)}");

    [Fact]
    public void No_folder_is_a_drawer_for_everything() => Faults.AssertNone(
        from file in Repository.Sources
        from part in file.Folder.Split('/')
        where BannedFolders.Contains(part)
        select file.Path);

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Faults.AssertNone(
        from file in Repository.Sources
        from line in file.Lines
        let type = TypeName().Match(line)
        where type.Success
        let name = type.Groups[1].Value
        where BannedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        select $"{file.Path}: {name}");

    [Fact]
    public void Tests_lie_as_their_sources_do() => Faults.AssertNone(
        from file in Repository.Sources
        let parts = file.Folder.Split('/')
        where parts is ["test", _, _, ..] && parts[1].EndsWith(".Tests", StringComparison.Ordinal) && IsTestClass(file)
        let room = parts[1][..^".Tests".Length]
        where room is not ("Architecture" or "EndToEnd")
        let source = string.Join('/', ["src", room, .. parts[2..]])
        where !Directory.Exists(Path.Combine(Repository.Root, source))
        select $"{file.Path} has no {source}");

    [Fact]
    public void Nothing_is_caught_that_is_not_named() => Faults.AssertNone(
        from file in Repository.Sources
        where file.Path.StartsWith("src/", StringComparison.Ordinal)
        where !file.Path.StartsWith("src/Cli/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where CatchAll().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} catches everything");

    [Fact]
    public void There_are_no_regions() => Faults.AssertNone(
        from file in Repository.Sources
        from line in file.Lines
        where line.TrimStart().StartsWith("#region", StringComparison.Ordinal)
        select file.Path);

    [Fact]
    public void Every_public_type_at_a_border_says_what_it_is()
    {
        // types whose name says all (an enum's values, a row of fields) may stay bare; most may not
        var types = Repository.Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => file.Lines.Index().Where(line => PublicType().IsMatch(line.Item))
                .Select(line => (File: file, line.Index, line.Item)))
            .ToArray();
        var bare = types.Where(type => !IsDocumented(type.File.Lines, type.Index)).ToArray();
        foreach (var (file, _, text) in bare)
            output.WriteLine($"{file.Path}: {text.Trim()}");
        Assert.True(bare.Length * 5 <= types.Length, $"{bare.Length} of {types.Length} public types have no docstring");
    }

    private static bool IsTestClass(SourceFile file) => file.Name.EndsWith("Tests", StringComparison.Ordinal);

    private static bool IsDocumented(string[] lines, int type)
    {
        for (var line = type - 1; line >= 0; line--)
        {
            var text = lines[line].Trim();
            if (text.StartsWith("///", StringComparison.Ordinal))
                return true;
            if (!text.StartsWith('['))
                return false;
        }
        return false;
    }

    private static string NamespaceOf(string folder) =>
        "WhoSaw." + folder[(folder.IndexOf('/') + 1)..].Replace('/', '.');

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^public [\w ]*\b(?:class|struct|interface|enum|record)\b")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bcatch\s*(\(\s*(System\.)?Exception\b[^)]*\)\s*(?!.*\bwhen\b)|$|\{)")]
    private static partial Regex CatchAll();
}
