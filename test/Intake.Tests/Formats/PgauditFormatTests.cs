using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class PgauditFormatTests
{
    [Fact]
    public void A_csv_line_names_session_principal_statement_object_and_parameters()
    {
        var read = Read.One("pgaudit",
            "2025-04-14 09:00:00.123 "
                + "UTC,\"app\",\"shop\",1234,\"192.0.2.120:5555\",66321f00.4d2,1,\"SELECT\",,,0,LOG,00000,"
            + "\"AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.members,\"\"select \"\"\"\"name\"\"\"\"\nfrom "
                + "members where id = $1\"\","
            + "\"\"42,\"\"\"\"x\"\"\"\"\"\",7\",,,,,,,,,\"psql\",\"client backend\",,0");
        Assert.Equal(RejectReason.None, read.Reason);
        Assert.Equal("2025-04-14T09:00:00.123Z", read.Time);
        Assert.Equal("192.0.2.120", read[LineField.Client]);
        Assert.Equal("66321f00.4d2", read[LineField.Session]);
        Assert.Equal("app", read[LineField.Principal]);
        Assert.Equal("select \"name\"\nfrom members where id = $1", read[LineField.Statement]);
        Assert.Equal("public.members", read[LineField.Object]);
        Assert.Equal("42,\"x\"", read[LineField.Parameters]);
        Assert.Equal(7, read.Fields.Rows);
    }

    [Theory]
    [InlineData("2025-04-14 09:00:00.123 UTC [1234] app@shop LOG:  ", "", "1234")]
    [InlineData("2025-04-14 09:00:00 UTC:192.0.2.121(5432):app@shop:[1234]:LOG:  ", "192.0.2.121", "1234")]
    [InlineData(
        "2025-04-14 09:00:00 UTC [77]: [1-1] user=app,db=shop,app=psql,client=192.0.2.122 LOG:  ", "192.0.2.122", "77")]
    public void The_usual_prefixes_are_read(string prefix, string client, string session)
    {
        var read = Read.One(
            "pgaudit", prefix + "AUDIT: OBJECT,1,1,READ,SELECT,TABLE,public.members,\"select 1, 2\",<none>");
        Assert.Equal(RejectReason.None, read.Reason);
        Assert.Equal("app", read[LineField.Principal]);
        Assert.Equal(client, read[LineField.Client]);
        Assert.Equal(session, read[LineField.Session]);
        Assert.Equal("select 1, 2", read[LineField.Statement]);
        Assert.Equal("", read[LineField.Parameters]);
    }

    [Fact]
    public void Other_messages_of_the_server_are_neither_records_nor_faults() =>
        Assert.Equal(RejectReason.Directive,
            Read.One("pgaudit", "2025-04-14 09:00:00.123 UTC [1234] LOG:  checkpoint starting: time").Reason);

    [Fact]
    public void A_duration_without_a_number_is_no_statement() =>
        Assert.Equal(
            RejectReason.Directive, Read.One("pgaudit", "2025-04-14 09:00:00 UTC [1] LOG:  duration: ms").Reason);

    [Fact]
    public void A_statement_over_several_lines_is_one_record()
    {
        var results = Read.All(Read.Format("pgaudit"),
            [.. "2025-04-14 09:00:00 UTC [1] a@b LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,\"select\n1\",<none>\n\n"u8]);
        Assert.Single(results);
    }
}
