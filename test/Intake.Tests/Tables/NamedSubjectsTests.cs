using System.Text;
using WhoSaw.Intake.Tables;
using Xunit;

namespace WhoSaw.Intake.Tests.Tables;

public sealed class NamedSubjectsTests
{
    [Theory]
    [InlineData("SELECT * FROM members WHERE member_id = 7", "", "7")]
    [InlineData("select name from members m where m.Member_Id='kim-1' and active", "", "kim-1")]
    [InlineData("SELECT 1 FROM members WHERE member_id IN (7, 8,9)", "", "7,8,9")]
    [InlineData("SELECT 1 FROM members WHERE a = $2 AND member_id = $1", "42,x", "42")]
    [InlineData("SELECT 1 FROM members WHERE member_id = $2", "\"a,b\",43", "43")]
    [InlineData("SELECT 1 FROM members WHERE member_id = $2", "$1 = 'x', $2 = '44'", "44")]
    [InlineData("SELECT 1 FROM members WHERE b = ? AND member_id = ?", "[\"x\", 45]", "45")]
    [InlineData("SELECT member_id, name FROM members WHERE member_id = 7 ORDER BY member_id", "", "7")]
    [InlineData("SELECT 1 FROM members /* member_id = 1 */ WHERE member_id = 7 -- = 8", "", "7")]
    [InlineData("SELECT 1 FROM m JOIN orders o ON o.member_id = m.member_id WHERE o.member_id = 7", "", "7")]
    public void Whom_a_statement_asks_for(string statement, string parameters, string named) =>
        Assert.Equal(named, string.Join(',', Names(statement, parameters)));

    [Theory]
    [InlineData("SELECT * FROM members")]
    [InlineData("FETCH 100000 FROM members_cursor")]
    [InlineData("SELECT 1 FROM members WHERE member_id > 7")]
    [InlineData("SELECT 1 FROM members WHERE member_id = 7 OR phone = 'x'")]
    [InlineData("SELECT 1 FROM members WHERE NOT member_id = 7")]
    [InlineData("SELECT 1 FROM members WHERE member_id NOT IN (7)")]
    [InlineData("SELECT 1 FROM members WHERE member_id = 7 UNION SELECT 1 FROM members")]
    [InlineData("SELECT 1 FROM members WHERE member_id = ANY($1)")]
    [InlineData("SELECT 1 FROM members WHERE member_id = $1")]
    [InlineData("SELECT 1 FROM members WHERE note = 'member_id = 7'")]
    [InlineData("SELECT 1 FROM members WHERE member_id_old = 7")]
    public void A_statement_that_could_show_others_names_nobody(string statement) => Assert.Empty(Names(statement, ""));

    [Fact]
    public void A_parameter_with_an_escape_is_not_guessed_at() =>
        Assert.Empty(Names("SELECT 1 FROM members WHERE member_id = $1", "$1 = 'o''neil'"));

    [Fact]
    public void Beyond_a_thousand_accounts_are_counted()
    {
        var list = string.Join(',', Enumerable.Range(1, 1003));
        var named = new NamedSubjects();
        named.Read(Encoding.UTF8.GetBytes($"SELECT 1 FROM m WHERE id IN ({list})"), "id"u8, default);
        Assert.Equal((NamedSubjects.Most, 3), (named.Count, named.Left));
    }

    [Theory]
    [InlineData("public.members", "", 0)]
    [InlineData("PUBLIC.MEMBERS", "", 0)]
    [InlineData("orders", "", 1)]
    [InlineData("archive.orders", "", 1)]
    [InlineData("archive.members", "", -1)]
    [InlineData("cursor", "SELECT 1 FROM public.orders", 1)]
    [InlineData("", "SELECT 1 FROM x, \"orders\" o", 1)]
    [InlineData("", "COPY members TO STDOUT", 0)]
    [InlineData("", "SELECT 'from orders'", -1)]
    public void A_table_is_found_by_its_name_or_the_words_of_the_statement(string named, string statement, int table) =>
        Assert.Equal(table, new TableList(
        [
            new TableOptions { Table = "public.members", Name = "members" },
            new TableOptions { Table = "orders", Name = "orders" },
        ]).Find(Encoding.UTF8.GetBytes(named), Encoding.UTF8.GetBytes(statement)));

    private static List<string> Names(string statement, string parameters)
    {
        var (text, values) = (Encoding.UTF8.GetBytes(statement), Encoding.UTF8.GetBytes(parameters));
        var named = new NamedSubjects();
        named.Read(text, "member_id"u8, values);
        return [.. Enumerable.Range(0, named.Count).Select(i => Encoding.UTF8.GetString(named.At(i, text, values)))];
    }
}
