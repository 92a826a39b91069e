using System.Text.Json;
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
                FindingJson.WriteProperties(writer, story.Finding);
                if (story.Finding.Kind == FindingKind.Access)
                {
                    writer.WriteNumber("accounts", story.Accounts);
                    writer.WriteNumber("views", story.Views);
                }
                writer.WriteEndObject();
            }
            output.Write("\n"u8);
        }
    }
}
