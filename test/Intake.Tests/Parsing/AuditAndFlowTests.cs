using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Parsing;

public sealed class AuditAndFlowTests
{
    private static readonly (string, string)[] Fields =
    [
        ("time", "ts"), ("principal", "who"), ("client", "ip"), ("session", "sid"), ("statement", "sql"),
        ("object", "table"), ("parameters", "args"), ("rows", "rows"),
    ];

    private static readonly Logs Audit = new(Logs.Source(SourceKind.Audit, "json", Fields))
    {
        Options = new IntakeOptions
        {
            Threads = 1,
            Tables =
            [
                new TableOptions
                {
                    Table = "public.members",
                    Name = "members",
                    Subject = "member_id",
                    Shows = [new DataCategory("name")],
                },
            ],
        },
    };

    private static readonly Logs Flow = new(Logs.Source(
        SourceKind.Flow, "json", ("time", "ts"), ("from", "src"), ("to", "dst"), ("port", "port"), ("bytes", "n")));

    private static string Line(
        string time, string sql, int rows, string table = "public.members", string args = "[]") =>
        $$"""{"ts":"2025-04-14T{{time}}Z","who":"app","ip":"192.0.2.1:5432","sid":"s1","sql":"{{sql}}","""
        + "\"table\":\"" + table + "\",\"args\":" + args + ",\"rows\":" + rows + "}";

    [Fact]
    public void A_bound_parameter_names_the_subject()
    {
        var row = Assert.Single(Audit.Read(Line(
            "09:00:00", "SELECT * FROM members WHERE member_id = $1", 3, args: "[\"7\"]")));
        Assert.Equal(
            (RecordKind.Access, "members", "7", "app", "192.0.2.1", "SELECT", "s1", 3L),
            (row.Kind, row.Operation, row.Subject, row.Principal, row.Client, row.Method, row.Request, row.Rows));
        Assert.Equal(Outcome.Disclosed, row.Outcome);
    }

    [Fact]
    public void Several_subjects_are_several_accesses_and_the_rows_count_once()
    {
        var rows = Audit.Read(Line("09:00:00", "SELECT 1 FROM members WHERE member_id IN (7, 8)", 2));
        Assert.Equal([("7", 2L), ("8", 0L)], rows.Select(row => (row.Subject, row.Rows)));
    }

    [Fact]
    public void A_named_subject_without_a_row_is_absent() =>
        Assert.Equal(Outcome.Absent, Assert.Single(
            Audit.Read(Line("09:00:00", "SELECT 1 FROM members WHERE member_id = 7", 0))).Outcome);

    [Fact]
    public void A_statement_that_names_nobody_is_rows_without_people()
    {
        var row = Assert.Single(Audit.Read(Line("09:00:00", "SELECT * FROM members", 5000)));
        Assert.Equal(
            (RecordKind.Statement, "members", "", 5000L, Outcome.Disclosed),
            (row.Kind, row.Operation, row.Subject, row.Rows, row.Outcome));
    }

    [Fact]
    public void Statements_on_other_tables_are_summed_by_minute()
    {
        var rows = Audit.Read(
            Line("09:00:00", "SELECT 1 FROM stock", 10, "stock"), Line("09:00:59", "SELECT 2 FROM stock", 5, "stock"),
            Line("09:01:00", "SELECT 3 FROM stock", 1, "stock"));
        Assert.Equal([("", 15L), ("", 1L)], rows.Select(row => (row.Operation, row.Rows)));
        Assert.Equal(0, rows[0].Offset);
    }

    [Fact]
    public void What_only_writes_is_no_record() =>
        Assert.Empty(Audit.Read(Line("09:00:00", "UPDATE members SET name = 'x' WHERE member_id = 7", 1)));

    [Fact]
    public void Flows_of_a_pair_in_a_minute_are_one_row()
    {
        static string Sent(string time, string to, long bytes) =>
            $$"""{"ts":"2025-04-14T{{time}}Z","src":"10.0.0.1","dst":"{{to}}","port":443,"n":{{bytes}}}""";
        var rows = Flow.Read(
            Sent("09:00:00", "192.0.2.9", 100), Sent("09:00:30", "192.0.2.9", 50), Sent("09:00:40", "192.0.2.8", 7),
            Sent("09:01:00", "192.0.2.9", 1));
        Assert.Equal(
            [
                (RecordKind.Flow, "10.0.0.1", "192.0.2.9", "443", 150L),
                (RecordKind.Flow, "10.0.0.1", "192.0.2.8", "443", 7L),
                (RecordKind.Flow, "10.0.0.1", "192.0.2.9", "443", 1L),
            ],
            rows.Select(row => (row.Kind, row.Principal, row.Client, row.Method, row.Bytes)));
    }

    [Fact]
    public void A_large_answer_and_the_first_call_of_a_script_have_a_row()
    {
        static string Web(int second, string request, long bytes) =>
            $"192.0.2.1 - - [14/Apr/2025:09:00:{second:00} +0000] \"{request} HTTP/1.1\" 200 {bytes} \"-\" \"x\"";
        var rows = new Logs(Logs.Source(SourceKind.Access, "combined")).Read(
            Web(1, "GET /", 10), Web(2, "GET /a.css", 10), Web(3, "GET /up/1.jsp?c=id", 10),
            Web(4, "POST /up/1.jsp", 10), Web(5, "GET /up/log7.tar.gz", 5_000_000));
        Assert.Equal(
            [
                (RecordKind.Activity, "", 10L), (RecordKind.Activity, "/up/#.jsp", 10L),
                (RecordKind.Transfer, "/up/log#.tar.gz", 5_000_000L),
            ],
            rows.Select(row => (row.Kind, row.Target, row.Bytes)));
    }

    [Fact]
    public void Personal_text_is_told_by_its_place_and_never_by_itself()
    {
        static string App(string uri, string note) =>
            $$"""{"ts":"2025-04-14T09:00:00Z","ip":"192.0.2.1","uri":"{{uri}}","note":"{{note}}"}""";
        var rows = new Logs(Logs.Source(SourceKind.Access, "json", ("time", "ts"), ("client", "ip"), ("target", "uri")))
            .Read(
                App("/pay/9/x?member=1&rrn=990101-3000007", "-"), App("/pay/8/x?rrn=9901013000007", "-"),
                App("/", "call 010-2345-6789"), "not json: kim@example.com")
            .Where(row => row.Kind == RecordKind.Sighting).ToList();
        Assert.Equal(
            [
                ("target /pay/#/x?rrn", SightingKind.LateResidentNumber, 2L), ("key note", SightingKind.Phone, 1L),
                ("a line that did not parse", SightingKind.Email, 1L),
            ],
            rows.Select(row => (row.Target, (SightingKind)row.Status, row.Bytes)));
    }

    [Fact]
    public void The_address_of_softwares_maker_is_nobodys_secret() =>
        Assert.DoesNotContain(
            new Logs(Logs.Source(SourceKind.Access, "combined")).Read(
                "192.0.2.1 - - [14/Apr/2025:09:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"bot (bot@example.com)\""),
            row => row.Kind == RecordKind.Sighting);
}
