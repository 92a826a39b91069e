using System.Text.Json;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Watching;

/// <summary>The ways out of a watch: what the configuration names, and JSON lines where they are asked for.</summary>
internal static class NewsOutputs
{
    public static IEnumerable<NewsOutput> Of(string? json, Host host)
    {
        if (json is not null)
            yield return new NewsOutput("json", (news, _) => Task.FromResult(Append(json, host, news)));
    }

    private static bool Append(string path, Host host, FindingNews news)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, FindingJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("news", news.News.ToString().ToLowerInvariant());
            writer.WriteString("delivery", news.Id);
            FindingJson.WriteProperties(writer, news.Finding);
            if (news.Accounts is { } accounts)
                writer.WriteNumber("accounts", accounts);
            if (news.Views is { } views)
                writer.WriteNumber("views", views);
            writer.WriteEndObject();
        }
        line.Write("\n"u8);
        try
        {
            // Opened for each line, so that the file may be rotated.
            using var output = path == "-" ? host.OpenOutput()
                : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            output.Write(line.GetBuffer(), 0, (int)line.Length);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
