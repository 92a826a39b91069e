using CsCheck;
using WhoSaw.Cli;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Configuration;

public sealed class ConfigurationPropertyTests
{
    private const string Sound = """
        version: 1
        zone: Asia/Seoul
        sources:
          - id: gateway
            kind: access
            path: &p logs/{stream}-*.log.gz
            format: json
            fields: {time: ts, client: ip, target: "uri"}
        routes:
          - {route: 'GET /a/{subject}', name: a, shows: [name, phone], others: 20}
          - {route: 'GET /b', name: b, subject: 'query:id', shows: [name]}
        """;

    private static readonly string[] Pieces =
    [
        "\n", " ", "  ", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", "'", "\"", "#", "&p ", "*p",
        "!t ", "!!int ", "|", ">", "%",
        "---", "...", "?", "? ", "<<: *p", "~", "\\", "\0", "\u0085", "\uD800", "é", "1", "-1", "@",
        "`", "\r", "a", "\"\\x", "%YAML 9",
    ];

    private static readonly Gen<(int, int, string)> Edit =
        Gen.Select(Gen.Int[0, Sound.Length], Gen.Int[0, 12], Gen.OneOf([.. Pieces.Select(Gen.Const)]));

    [Fact]
    public void However_a_file_is_spoilt_it_gives_faults_or_a_configuration_and_never_throws() =>
        Edit.Array[1, 8].Sample(
            edits =>
            {
                var text = Sound;
                foreach (var (at, removed, piece) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, piece);
                }
                var (configuration, faults) = ConfigurationFile.Parse(text, "w.yaml", "/srv", checkFiles: false);
                return configuration is null == (faults.Count > 0)
                    && faults.All(fault => fault is { Line: >= 1, Column: >= 1, Sentence.Length: > 0 });
            },
            iter: 10_000);
}
