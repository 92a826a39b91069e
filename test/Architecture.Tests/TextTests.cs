using System.Text.RegularExpressions;

namespace WhoSaw.Architecture.Tests;

public sealed partial class TextTests
{
    [Fact]
    public void No_file_names_a_place_on_somebodys_machine()
    {
        var faults = from path in Repository.TextFiles
                     from line in Repository.Text(path).Split('\n').Index()
                     where MachinePath().IsMatch(line.Item)
                     select $"{path}:{line.Index + 1}";
        Faults.AssertNone(faults);
    }

    [Fact]
    public void Text_files_end_with_a_line_feed_and_have_no_carriage_return()
    {
        var faults = from path in Repository.TextFiles
                     where !path.StartsWith("test/", StringComparison.Ordinal)
                         || path.EndsWith(".cs", StringComparison.Ordinal)
                     let text = Repository.Text(path)
                     where text.Length > 0 && (text[^1] != '\n' || text.Contains('\r', StringComparison.Ordinal))
                     select path;
        Faults.AssertNone(faults);
    }

    // written so that this line is not a match itself
    [GeneratedRegex(@"(^|[\s""'`(=:])/(?:work|root|tmp|home/\w+|Users/\w+)(/|[\s""'`)]|$)|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
