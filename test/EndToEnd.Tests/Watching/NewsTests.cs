using System.Globalization;
using System.Text;
using System.Text.Json;
using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;
using Severity = WhoSaw.Records.Severity;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>What a watch tells, and through which ways out.</summary>
public sealed class NewsTests
{
    private const string Sources = """
        version: 1
        sources:
          - id: web
            kind: access
            path: 'gw.log'
            format: json
            fields:
              {time: ts, client: ip, method: m, target: uri, status: st, credential: sid, account: uid, principal: who}
        """;

    private static readonly DateTime Start = new(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_session_whose_record_comes_late_is_withdrawn_and_every_way_out_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Sources + """

              - id: issuer
                kind: issuer
                path: issuer.log
                format: json
                fields: {time: ts, credential: sid, account: uid}
            routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]
            outputs:
              - {kind: ocsf, path: out.ocsf}
              - {kind: json-lines, path: out.jsonl}
            """);
        var (lines, records) = (new StringBuilder(), new StringBuilder());
        for (var i = 1; i <= 300; i++)
        {
            records.Append(Line(i, $"s{i}", Account(i)));
            lines.Append(Line(i, $"s{i}", Account(i), "/login")).Append(
                Line(i, $"s{i}", Account(i), $"/members/{Account(i)}"));
        }
        lines.Append(Line(400, "late", 77, "/members/77")).Append(Line(500, "s300", Account(300), "/home"));
        evidence.Folder.Write("gw.log", lines.ToString());
        evidence.Folder.Write("issuer.log", records.ToString());
        using var watch = new Watch(
            "--config", configuration, "--ledger", evidence.Ledger, "--fingerprint-key", evidence.KeyPath, "--json",
            evidence.Folder.At("news.jsonl"));
        Assert.True(watch.WaitFor("passes that nobody issued", 20), watch.Said);

        File.AppendAllText(evidence.Folder.At("issuer.log"), Line(401, "late", 77));
        File.AppendAllText(evidence.Folder.At("gw.log"), Line(501, "s300", Account(300), "/home"));
        Thread.Sleep(1500);
        Assert.Equal(0, watch.End());

        Assert.Contains("WITHDRAWN  F1", watch.Said, StringComparison.Ordinal);
        Assert.Empty(evidence.Contents.Findings);
        Assert.Equal("F1", Assert.Single(evidence.Contents.Withdrawn).Id);
        Assert.Equal(["raised", "withdrawn"], Json(evidence, "news.jsonl", "news"));
        Assert.Equal(["Create", "Close"], Json(evidence, "out.ocsf", "activity_name"));
        Assert.Equal(2, Json(evidence, "out.jsonl", "id").Count);
        Assert.Contains(
            "\"withdrawn\":\"what came later explains it", File.ReadAllText(evidence.Folder.At("out.jsonl")),
            StringComparison.Ordinal);
        Assert.Equal(0, evidence.Scan(configuration).Status);
    }

    [Fact]
    public void What_was_announced_is_a_note_in_a_watch_as_in_a_scan()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Sources + """

            routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]
            announcements:
              - {principal: export, from: 2025-04-01, to: 2025-05-01, reason: the yearly letter}
            """);
        var lines = new StringBuilder();
        for (var i = 0; i < 600; i++)
            lines.Append(i % 3 == 0
                ? Staff(i, "export", 1000 + i / 3) : Staff(i, $"desk-{i % 7}", (int)(i * 48_271L % 899_981)));
        evidence.Folder.Write("gw.log", lines.ToString());
        using var watch = new Watch(
            "--config", configuration, "--ledger", evidence.Ledger, "--fingerprint-key", evidence.KeyPath);
        Assert.True(Comparison.Until(() => watch.Said.Contains("as announced", StringComparison.Ordinal)), watch.Said);
        watch.End();
        var watched = evidence.Contents.Findings.Select(finding => (finding.Severity, finding.Title)).ToList();
        Assert.Contains(watched, finding => finding is { Severity: Severity.Info });

        using var scan = new Evidence();
        Assert.Equal(0, scan.Scan(configuration).Status);
        Assert.Equal(
            scan.Contents.Findings.Select(finding => (finding.Severity, finding.Title)).Order(), watched.Order());
    }

    [Fact]
    public void Letters_wait_for_each_other_and_none_is_lost_while_the_server_is_away()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var shop = new GrowingShop(seed: 12);
        using var server = MailServerProcess.Start(shop.Evidence.Folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        File.AppendAllText(shop.ConfigurationPath, string.Create(CultureInfo.InvariantCulture, $$"""
            outputs:
              - kind: mail
                host: 127.0.0.1
                port: {{server.Port}}
                security: none
                from: whosaw@example.com
                to: [duty@example.com, lead@example.com]
                pause: 2

            """));
        using var watch = new Watch(
            "--config", shop.ConfigurationPath, "--ledger", shop.Evidence.Ledger, "--fingerprint-key",
            shop.Evidence.KeyPath, "--json", shop.Evidence.Folder.At("news.jsonl"));
        Assert.True(watch.WaitFor("watching"), watch.Said);
        shop.Write(1100);
        Assert.True(Comparison.Until(() => server.Taken().Count > 0), watch.Said);
        shop.Write(6000);
        Assert.True(Comparison.Until(() => server.Taken().Values.Sum() >= 2), watch.Said);
        Assert.Equal(1, watch.End());

        var told = Json(shop.Evidence, "news.jsonl", "id").Count;
        Assert.True(told >= 6, watch.Said);
        Assert.True(server.Taken().Values.Sum() < told, "a letter for each finding");
        Assert.Contains("[WhoSaw]", server.Letters, StringComparison.Ordinal);
        Assert.Contains("To: duty@example.com, lead@example.com", server.Letters, StringComparison.Ordinal);
        Assert.Contains("is still accepted although", server.Letters, StringComparison.Ordinal);
        var state = File.ReadAllText(Path.Combine(shop.Evidence.Ledger, "state", "watch", "told.json"));
        Assert.DoesNotContain("\"finding\":", state, StringComparison.Ordinal);
    }

    private static int Account(int number) => 1000 + number * 7919 % 9001;

    private static List<string> Json(Evidence evidence, string file, string property) =>
        [.. File.ReadLines(evidence.Folder.At(file))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty(property).GetString()!)];

    private static string Line(int second, string session, int account, string? target = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"ts\":\"{Start.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}\",\"ip\":\"192.0.2.{account % 250}\",")
        + (target is null ? ""
            : $"\"m\":\"{(target == "/login" ? "POST" : "GET")}\",\"uri\":\"{target}\",\"st\":200,")
        + string.Create(CultureInfo.InvariantCulture, $"\"sid\":\"{session}\",\"uid\":\"{account}\"}}\n");

    private static string Staff(int second, string who, int subject) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"ts\":\"{Start.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}\",\"ip\":\"198.51.100.7\",")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"\"m\":\"GET\",\"uri\":\"/members/{subject}\",\"st\":200,\"who\":\"{who}\"}}\n");
}
