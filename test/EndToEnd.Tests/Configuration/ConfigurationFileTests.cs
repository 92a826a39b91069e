using WhoSaw.Cli;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private const string Whole = """
        version: 1
        zone: Asia/Seoul
        language: ko
        trusted-proxies: 2
        sources:
          - id: gateway
            kind: access                  # a comment
            path: logs/gateway/{stream}-*.log.gz
            format: json
            fields: {time: ts, client: ip, target: request.uri, credential: sid, account: uid}
          - {id: issuer, kind: issuer, path: 'logs/issuer/{stream}-*.log.gz', format: json, zone: UTC,
             trusted-proxies: 0, fields: {time: ts, credential: sid, account: uid, key: kid, expires: exp}}
          - {id: database, kind: audit, path: db.log, format: pgaudit}
          - {id: web, kind: access, path: web.log, format: '$remote_addr [$time_local] "$request" $status'}
        routes:
          - {route: 'GET /api/members/{subject}/addresses', name: addresses, shows: [name, phone, address], others: 20}
          - {route: 'GET /api/orders', name: orders, subject: account, shows: [order-history, loyalty-points]}
          - {route: '/search', name: staff-search, subject: 'query:memberId', shows: [name, phone]}
        """;

    [Fact]
    public void A_whole_configuration_is_understood()
    {
        var (configuration, faults) = ConfigurationFile.Parse(Whole, "whosaw.yaml", "/srv", checkFiles: false);
        Assert.Empty(faults);
        Assert.Equal(["gateway", "issuer", "database", "web"], configuration!.Sources.Select(source => source.Id));
        Assert.Equal([SourceKind.Access, SourceKind.Issuer, SourceKind.Audit, SourceKind.Access],
            configuration.Sources.Select(source => source.Kind));
        Assert.Equal([2, 0, 2, 2], configuration.Sources.Select(source => source.TrustedProxies));
        Assert.Equal(["Asia/Seoul", "UTC"], configuration.Sources.Take(2).Select(source => source.Zone.Id));
        Assert.Equal("request.uri", configuration.Sources[0].Fields["target"]);
        Assert.Equal(["GET", "GET", "*"], configuration.Routes.Select(route => route.Method));
        Assert.Equal([SubjectFrom.Path, SubjectFrom.Account, SubjectFrom.Query("memberId")],
            configuration.Routes.Select(route => route.Subject));
        Assert.Equal(20, configuration.Routes[0].Others);
        Assert.Equal("order-history,loyalty-points", configuration.Routes[1].ToOperation().Fields);
        Assert.Equal(("ko", null), (configuration.Language, configuration.KeysPath));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once_and_where()
    {
        var yaml = """
            version: 2
            zone: Asia/Soul
            langauge: ko
            sources:
              - {id: a, kind: acess, path: a.log, format: ngnix}
              - {id: a, kind: access, path: b.log, format: nginx, fields: {tiem: ts, statement: x}}
              - {id: 'b c', kind: flow, path: [x], format: json, trusted-proxies: many}
              - text
            routes:
              - {route: 'GET /a/{subject}', name: one, shows: [name]}
              - {route: 'GET /a/{id}', subject: account, name: one, shows: [Name, phone, phone]}
              - {route: 'GET /b', name: two, shows: name}
              - {route: 'GET /c', name: three, subject: query, others: -1}
              - {name: four, shows: [name]}
            version: 1
            """;
        var (configuration, faults) = ConfigurationFile.Parse(yaml, "w.yaml", "/srv", checkFiles: false);
        Assert.Null(configuration);
        Assert.Equal(
            [
                "w.yaml:1:10: the version is 1: this program knows no other",
                "w.yaml:2:7: there is no time zone 'Asia/Soul': write it like Asia/Seoul or UTC",
                "w.yaml:3:1: a configuration has no key 'langauge'. Did you mean 'language'?",
                "w.yaml:5:19: a source has no kind 'acess': it is one of access, issuer, audit, flow. "
                    + "Did you mean 'access'?",
                "w.yaml:5:47: there is no format 'ngnix', and it is no format string. Did you mean 'nginx'?",
                "w.yaml:6:10: the id 'a' is taken by another source",
                "w.yaml:6:64: 'fields' has no key 'tiem'. Did you mean 'time'?",
                "w.yaml:6:74: a source of kind access does not give 'statement'",
                "w.yaml:7:10: an id is letters, digits, '-', '_' and '.', at most 64",
                "w.yaml:7:35: 'path' is a text, not a list",
                "w.yaml:7:71: 'trusted-proxies' is a whole number from 0 to 100",
                "w.yaml:8:5: a source is a mapping of keys, not a text",
                "w.yaml:11:13: the route can never match: 'one' takes the same requests (line 10)",
                "w.yaml:11:52: the name 'one' is taken by another route (line 10)",
                "w.yaml:11:65: a data category is lower-case letters, digits and hyphens",
                "w.yaml:11:78: 'phone' stands twice",
                "w.yaml:12:13: the route does not say whose data it shows: name a segment {subject}, "
                    + "or say subject: account or subject: 'query:NAME'",
                "w.yaml:12:41: 'shows' is a list, not a text",
                "w.yaml:13:5: a route needs 'shows', what one answer shows, like [name, phone]",
                "w.yaml:13:45: 'query' is no place of a subject: it is path, account or 'query:NAME'",
                "w.yaml:13:60: 'others' is a whole number from 0 to 1000000",
                "w.yaml:14:5: a route needs 'route'",
                "w.yaml:15:1: 'version' is given twice",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("", "w.yaml:1:1: the configuration is empty")]
    [InlineData("# nothing\n", "w.yaml:1:1: the configuration is empty")]
    [InlineData("- a\n", "w.yaml:1:1: a configuration is a mapping of keys, not a list")]
    [InlineData("sources: []\n", "w.yaml:1:1: a configuration needs 'version: 1'")]
    [InlineData("version: 1\n---\nversion: 1\n", "w.yaml:2:1: a configuration is one document")]
    [InlineData("version: 1\naccounts:\n", "w.yaml:2:10: 'accounts' is a text, not nothing")]
    [InlineData("version: *one\n", "w.yaml:1:10: the alias '*one' names nothing before it")]
    [InlineData(
        "version: 1\nzone: local\n", "w.yaml:2:7: there is no time zone 'local': write it like Asia/Seoul or UTC")]
    public void What_is_no_configuration_is_refused(string yaml, string fault) =>
        Assert.Equal([fault], ConfigurationFile.Parse(yaml, "w.yaml", "/srv", false).Faults.Select(f => f.ToString()));

    [Fact]
    public void Broken_yaml_is_said_with_its_place()
    {
        var fault = Assert.Single(
            ConfigurationFile.Parse("version: 1\nroutes: [a, b\nzone: x\n", "w.yaml", "/", false).Faults);
        Assert.Contains("this is not YAML", fault.Sentence, StringComparison.Ordinal);
        Assert.InRange(fault.Line, 2, 4);
    }

    [Fact]
    public void Deep_nesting_is_refused_not_followed()
    {
        var yaml = "version: 1\nroutes: " + new string('[', 100_000);
        Assert.NotEmpty(ConfigurationFile.Parse(yaml, "w.yaml", "/", false).Faults);
    }

    [Fact]
    public void Files_that_are_named_must_be_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("whosaw.yaml", """
            version: 1
            sources:
              - {id: web, kind: access, path: 'logs/*.log', format: nginx}
              - {id: old, kind: access, path: there.log, format: nginx}
            accounts: members.csv
            keys: keys.csv
            """);
        folder.Write("there.log", "");
        folder.Write("keys.csv", "");
        var (_, faults) = ConfigurationFile.Load(path);
        Assert.Equal(
            [$"{path}:3:35: logs/*.log matches no file", $"{path}:5:11: members.csv does not exist"],
            faults.Select(fault => fault.ToString()));
        folder.Write("logs/a.log", "");
        folder.Write("members.csv", "");
        var (configuration, none) = ConfigurationFile.Load(path);
        Assert.Empty(none);
        Assert.Equal(Path.Combine(folder.Path, "members.csv"), configuration!.AccountsPath);
    }

    [Fact]
    public void A_configuration_that_is_missing_or_no_text_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "does not exist", Assert.Single(ConfigurationFile.Load(folder.Path + "/none.yaml").Faults).Sentence,
            StringComparison.Ordinal);
        Assert.Contains(
            "a folder", Assert.Single(ConfigurationFile.Load(folder.Path).Faults).Sentence, StringComparison.Ordinal);
        var path = folder.Write("w.yaml", "");
        File.WriteAllBytes(path, [.. "version: 1\nzone: "u8, 0xC0, 0xAF]);
        Assert.Equal($"{path}:2:7: a configuration is UTF-8 text", Assert.Single(ConfigurationFile.Load(path).Faults)
            .ToString());
    }

    [Theory]
    [InlineData("tables:\n  - {table: a, name: x}", "a table needs 'shows'")]
    [InlineData("tables:\n  - {table: a, name: login, shows: [name]}", "taken by another route or table")]
    [InlineData(
        "tables:\n  - {table: a, name: x, shows: [name]}\n  - {table: A, name: y, shows: [name]}", "given twice")]
    [InlineData("tables:\n  - {table: a, name: x, shows: [name], subject: a.id}", "the name of a column")]
    [InlineData("networks: {home: [KR]}", "'country' and 'home' need each other")]
    [InlineData("networks: {hosting: none.txt}", "none.txt does not exist")]
    public void Tables_and_networks_are_checked(string yaml, string sentence) =>
        Assert.Contains(ConfigurationFile.Parse("version: 1\n" + yaml, "w.yaml", "/srv", false).Faults,
            fault => fault.Sentence.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void A_table_says_what_it_shows_and_whose()
    {
        var (configuration, faults) = ConfigurationFile.Parse(
            "version: 1\ntables:\n  - {table: public.members, name: members, subject: member_id, shows: [name], "
                + "others: 3}", "w.yaml", "/srv", false);
        Assert.Empty(faults);
        var table = Assert.Single(configuration!.Tables);
        Assert.Equal(("public.members", "members", "member_id", 3),
            (table.Table, table.Name, table.Subject, table.Others));
    }
}
