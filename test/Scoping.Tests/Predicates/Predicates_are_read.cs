using WhoSaw.Scoping.Predicates;
using Xunit;

namespace WhoSaw.Scoping.Tests.Predicates;

public sealed class Predicates_are_read
{
    [Theory]
    [InlineData("client = '192.0.2.1'", "client = '192.0.2.1'")]
    [InlineData("client <> '192.0.2.1'", "client != '192.0.2.1'")]
    [InlineData("NOT client = 'a' AND key='k'", "client != 'a' and key = 'k'")]
    [InlineData("someone-else and not dormant", "someone-else and not dormant")]
    [InlineData("first-page or (unissued or absent)", "first-page or unissued or absent")]
    [InlineData("(first-page or unissued) and absent", "(first-page or unissued) and absent")]
    [InlineData("not (first-page or unissued)", "not (first-page or unissued)")]
    [InlineData("not not canary", "canary")]
    [InlineData("time >= '2025-04-12 00:00 +09:00'", "time >= '2025-04-11T15:00:00Z'")]
    [InlineData("time between '2025-04-12T00:00:00.5Z' and '2025-04-12T00:00:00.000001Z'",
        "time between '2025-04-12T00:00:00.500Z' and '2025-04-12T00:00:00.000001Z'")]
    [InlineData("time < '2025-04-12 +09:00'", "time < '2025-04-11T15:00:00Z'")]
    [InlineData("subject in (1000, '1000', 'b-7', '007', -5)", "subject in (1000, 'b-7', '007', '-5')")]
    [InlineData("credential = 'FEEDfeedFEEDfeed'", "credential = 'feedfeedfeedfeed'")]
    [InlineData("agent like 'it''s %'", "agent like 'it''s %'")]
    [InlineData("category in ('phone', 'address')", "category in ('phone', 'address')")]
    [InlineData("principal is not null and \"offset\" > 5", "principal is not null and offset > 5")]
    [InlineData("bytes not between -1 and 5 or status not in (200) or method not like 'G_T'",
        "bytes not between -1 and 5 or status not in (200) or method not like 'G_T'")]
    public void And_printed_in_one_way(string text, string canonical)
    {
        var predicate = Predicate.Parse(text).OrThrow();
        Assert.Equal(canonical, predicate.ToString());
        Assert.Equal(predicate, Predicate.Parse(canonical).OrThrow());
    }

    [Theory]
    [InlineData("clinet = 'a'", 0, "unknown column 'clinet' at 0; did you mean 'client'?")]
    [InlineData(" frist-page", 1, "unknown column 'frist-page' at 1; did you mean 'first-page'?")]
    [InlineData("client = 5", 9, "'client' is no number, so the value needs single quotes at 9")]
    [InlineData("status = '200'", 9, "'status' is a number, so the value needs no quotes at 9")]
    [InlineData("client = gw1", 9, "text needs single quotes at 9")]
    [InlineData("client =", 8, "a value is expected at 8")]
    [InlineData("client", 0, "'client' is compared with nothing at 0")]
    [InlineData("client = null", 9, "nothing equals null: write 'is null' at 9")]
    [InlineData("time > '2025-04-12 00:00'", 7, "a time needs an offset, such as +09:00 or Z at 7")]
    [InlineData("time > '2025-02-30 00:00Z'", 7, "there is no such time at 7")]
    [InlineData("credential = 'abc'", 13, "'credential' is compared with 16 hexadecimal digits in quotes at 13")]
    [InlineData("outcome = 'seen'", 10, "'outcome' is one of disclosed, refused, absent, failed, other at 10")]
    [InlineData("outcome < 'other'", 8, "'outcome' has no order: use =, != or in at 8")]
    [InlineData("subject > 'b-7'", 10, "'subject' is put in order by numbers alone at 10")]
    [InlineData("traits = 5", 0, "traits are written by their names, as in 'first-page' at 0")]
    [InlineData("dormant = 1", 0, "'dormant' is a trait and stands by itself at 0")]
    [InlineData("(client = 'a'", 0, "the '(' is not closed at 0")]
    [InlineData("client = 'a')", 12, "there is no '(' for the ')' at 12")]
    [InlineData("client = 'a' key = 'k'", 13, "'and' or 'or' is missing at 13")]
    [InlineData("client = 'a", 9, "the quote that opens at 9 is not closed")]
    [InlineData("client = 'a' and", 16, "a condition is missing at 16")]
    [InlineData("client = 'a' ; drop table x", 13, "a character at 13 means nothing here")]
    [InlineData("status like '2%'", 7, "'like' is for text, which 'status' is not at 7")]
    [InlineData("status = 99999999999999999999", 9, "the number for 'status' is too large at 9")]
    [InlineData("client in @nowhere/at-all.txt", 10, "the file of values cannot be read (no such file) at 10")]
    [InlineData("  ", 2, "the expression is empty at 2")]
    [InlineData("client = 'a\0b'", 9, "the text at 9 has a character that no log can hold")]
    public void What_is_wrong_is_told_with_its_place(string text, int column, string sentence)
    {
        var result = Predicate.Parse(text);
        Assert.Null(result.Predicate);
        Assert.Equal(new PredicateError(column, sentence), result.Errors[0]);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var errors = Predicate.Parse(
            "clinet = 'a' and status = 'x' or (kye in ('b', 3) and time > 'noon') and bytes < ").Errors;
        Assert.Equal([0, 26, 34, 61, 81], errors.Select(error => error.Column));
    }

    [Fact]
    public void A_message_never_quotes_a_value()
    {
        var errors = Predicate.Parse(
            "status = 'secret' and credential = 'secret' and time = 'secret' and outcome = 'secret'").Errors;
        Assert.Equal(4, errors.Count);
        Assert.DoesNotContain(errors, error => error.Sentence.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Nesting_is_bounded_and_breadth_is_not()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 100_000)) + "canary";
        Assert.Contains(Predicate.Parse(deep).Errors, error =>
            error.Sentence.Contains("lie in each other", StringComparison.Ordinal));
        Assert.NotNull(Predicate.Parse(string.Join(" or ", Enumerable.Repeat("client = 'a'", 20_000))).Predicate);
        Assert.NotNull(Predicate.Parse(string.Concat(Enumerable.Repeat("not ", 150)) + "canary").Predicate);
    }

    [Fact]
    public void A_file_of_values_is_checked_and_digested()
    {
        static (byte[]?, string?) Read(string path) => path switch
        {
            "ok" => ("192.0.2.1\r\n\n  192.0.2.2 \n192.0.2.1\n"u8.ToArray(), null),
            "bad" => ("1000\nmany\n"u8.ToArray(), null),
            _ => (null, "no such file"),
        };
        var predicate = Predicate.Parse("client not in @ok", Read).OrThrow();
        Assert.Equal("client not in @'ok'", predicate.ToString());
        Assert.Equal(2, predicate.Files[0].Values);
        Assert.Equal(64, predicate.Files[0].Sha256.Length);
        Assert.Equal("line 2 of the file of values is no value for 'status' at 10",
            Predicate.Parse("status in @bad", Read).Errors[0].Sentence);
        Assert.NotNull(Predicate.Parse("account in @bad", Read).Predicate);
    }

    [Fact]
    public void Values_reach_the_database_as_parameters_only()
    {
        const string Attack = "x' OR 1=1; DROP VIEW records; --";
        var literal = Attack.Replace("'", "''", StringComparison.Ordinal);
        var predicate = Predicate.Parse($"client = '{literal}' or subject = '{literal}' or agent like "
            + $"'{literal}' or file in ('{literal}')").OrThrow();
        var (sql, parameters) = predicate.ToSql(_ => new Records.SubjectId(-7));
        Assert.Equal("((\"client\" = $1) OR (\"subject\" = $2) OR (\"agent\" LIKE $3) OR (\"file\" IN ($4)))", sql);
        Assert.Equal([Attack, -7L, Attack, Attack], parameters);
    }
}
