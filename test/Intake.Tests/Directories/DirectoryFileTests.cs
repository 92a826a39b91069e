using System.Text;
using WhoSaw.Intake.Directories;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Directories;

public sealed class DirectoryFileTests : IDisposable
{
    private static readonly TimeZoneInfo Seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Accounts_are_read_whatever_the_order_of_columns_and_the_quoting()
    {
        Write("\uFEFFStatus, note ,account\r\nactive,x,1000000\r\n\r\ndormant,\"a, "
            + "\"\"b\"\"\r\nc\",1000007\ncanary,,\"kim,lee\"");
        var subjects = new SubjectDictionary();
        var (directory, rows, faults) = AccountsFile.Read(_path, subjects);
        Assert.Empty(faults);
        Assert.Equal(
            [AccountStatus.Active, AccountStatus.Dormant, AccountStatus.Canary], rows.Select(row => row.Status));
        Assert.Equal(AccountStatus.Canary, directory[subjects.Find("kim,lee")]);
        Assert.Equal(AccountStatus.Dormant, directory[new SubjectId(1000007)]);
        Assert.Equal((3, 1), (directory.Count, directory.Canaries));
    }

    [Fact]
    public void A_line_with_a_fault_is_named_by_its_number_and_the_rest_is_read()
    {
        Write("account,status\n1,active\n2,lively\n,active\n\"4\n5\",active\n6\n7,active,x\n8,active\n");
        var (_, rows, faults) = AccountsFile.Read(_path, new SubjectDictionary());
        Assert.Equal(3, rows.Count);
        Assert.Equal(
            [
                $"{_path}:3: a status is active, dormant or canary",
                $"{_path}:4: the line names no account",
                $"{_path}:7: the line has 1 fields where the header has 2",
                $"{_path}:8: the line has 3 fields where the header has 2",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("", ": the file is empty: its first line names the columns account,status")]
    [InlineData("account\n1\n", ":1: the column 'status' is missing: the first line names account,status")]
    [InlineData("account,status,account\n", ":1: the column 'account' stands twice")]
    [InlineData("account,status\n1,\"active\n2,active\n", ":2: a quote is opened and never closed")]
    public void A_file_that_is_no_table_of_accounts_is_a_fault(string text, string fault)
    {
        Write(text);
        Assert.Equal(_path + fault, Assert.Single(AccountsFile.Read(_path, new SubjectDictionary()).Faults).ToString());
    }

    [Fact]
    public void Thousands_of_faults_do_not_fill_the_page()
    {
        Write("account,status\n" + string.Concat(Enumerable.Repeat("1,?\n", 5000)));
        var faults = AccountsFile.Read(_path, new SubjectDictionary()).Faults;
        Assert.Equal(101, faults.Count);
        Assert.Equal("4900 more lines cannot be understood", faults[^1].Sentence);
    }

    [Fact]
    public void A_missing_file_is_a_fault()
    {
        var people = new PeopleFile(_path + ".none", new SubjectDictionary());
        Assert.Empty(people.Rows());
        Assert.Contains("no such file", Assert.Single(people.Faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void People_come_in_the_order_of_the_file()
    {
        Write("account,person\n1,p1\n1,p9\n2,\n");
        var people = new PeopleFile(_path, new SubjectDictionary());
        Assert.Equal(["1:p1", "1:p9"], people.Rows().Select(row => $"{row.Account}:{row.Person}"));
        Assert.Equal("the line names no person", Assert.Single(people.Faults).Sentence);
    }

    [Fact]
    public void A_holder_has_left_at_the_end_of_the_day_and_a_key_is_retired_from_its_start()
    {
        Write("key,created,retired,holder,left\nk1,2024-04-11,2025-01-01,engineer-41,2024-12-31\n"
            + "k1,,2025-01-01T09:30:00+09:00,team,2024-12-31 18:00\nk2,2025-01-06T00:00:00.5Z,,auth,\n");
        var (keys, faults) = KeysFile.Read(_path, Seoul);
        Assert.Empty(faults);
        Assert.Equal(
            [
                "k1 engineer-41 2024-04-10T15:00:00Z 2024-12-31T15:00:00Z 2024-12-31T15:00:00Z",
                "k1 team  2025-01-01T00:30:00Z 2024-12-31T09:00:00Z",
                "k2 auth 2025-01-06T00:00:00.500Z  ",
            ],
            keys.Holdings.Select(h => $"{h.Key} {h.Holder} {h.Created} {h.Retired} {h.Left}"));
        Assert.Equal(2, keys.Of("k1").Count());
    }

    [Fact]
    public void Dates_that_cannot_be_are_faults()
    {
        Write("key,created,retired,holder,left\nk1,2024-13-01,,a,31.12.2024\n,,,b,\nk2,2025-01-02,2025-01-01,c,\n");
        var (keys, faults) = KeysFile.Read(_path, TimeZoneInfo.Utc);
        Assert.Empty(keys.Holdings);
        Assert.Equal([2, 2, 3, 4], faults.Select(fault => fault.Line));
    }

    [Fact]
    public void Rows_are_the_same_however_small_the_buffer()
    {
        var text = "a,b\n"
            + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},\"x{i}\"\"\n,\" \r\n\n{i}{i}, y\n"));
        var whole = Rows(text, 1 << 16);
        Assert.Equal(401, whole.Count);
        foreach (var size in (int[])[4, 5, 7, 16, 33])
            Assert.Equal(whole, Rows(text, size));
    }

    private static List<string> Rows(string text, int buffer)
    {
        var reader = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), buffer);
        var rows = new List<string>();
        while (reader.Read())
            rows.Add($"{reader.Line}: " + string.Join('|',
                Enumerable.Range(0, reader.Count).Select(i => Encoding.UTF8.GetString(reader[i]))));
        return rows;
    }

    private void Write(string text) => File.WriteAllText(_path, text, new UTF8Encoding(false));
}
