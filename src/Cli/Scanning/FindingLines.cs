using System.Text.Json;
using WhoSaw.Cli.Outputs;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Scanning;

/// <summary>The findings as JSON lines, with the counts of their scope.</summary>
internal static class FindingLines
{
    public static void Write(Stream output, IEnumerable<FindingStory> findings)
    {
        foreach (var story in findings)
        {
            using (var writer = new Utf8JsonWriter(output, FindingJson.Options))
            {
                writer.WriteStartObject();
                var hasScope = story.Finding.Kind == FindingKind.Access;
                RaisedFinding.WriteProperties(
                    writer, story.Finding, hasScope ? story.Accounts : null, hasScope ? story.Views : null);
                writer.WriteEndObject();
            }
            output.Write("\n"u8);
        }
    }
}
