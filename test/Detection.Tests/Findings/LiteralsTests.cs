using CsCheck;
using WhoSaw.Detection.Findings;

namespace WhoSaw.Detection.Tests.Findings;

public sealed class LiteralsTests
{
    [Fact]
    public void A_quote_is_doubled() => Assert.Equal("'o''hara'", Literals.Text("o'hara"));

    [Fact]
    public void One_value_is_compared_and_several_are_a_list()
    {
        Assert.Equal("client = '192.0.2.1'", Literals.In("client", ["192.0.2.1"]));
        Assert.Equal("client in ('192.0.2.1', '192.0.2.2')", Literals.In("client", ["192.0.2.2", "192.0.2.1"]));
    }

    [Fact]
    public void A_credential_has_sixteen_digits() =>
        Assert.Equal(
            "credential in ('000000000000000a', 'ffffffffffffffff')", Literals.InCredentials([ulong.MaxValue, 10]));

    [Fact]
    public void Every_text_is_read_back_as_it_was() => Gen.String.Sample(text => Read(Literals.Text(text)) == text);

    /// <summary>
    /// Reads a literal by the grammar of predicates: a quote within is written twice, nothing else is special.
    /// </summary>
    private static string Read(string literal)
    {
        Assert.Equal(('\'', '\''), (literal[0], literal[^1]));
        var inside = literal[1..^1];
        Assert.DoesNotContain("'", inside.Replace("''", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return inside.Replace("''", "'", StringComparison.Ordinal);
    }
}
