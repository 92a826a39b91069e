using System.Globalization;
using CsCheck;

namespace WhoSaw.Records.Tests;

public sealed class SubjectIdTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("1000042", 1000042)]
    [InlineData("999999999999999999", 999999999999999999)]
    public void A_canonical_integer_is_its_own_number(string text, long expected)
    {
        Assert.True(SubjectId.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(text), out var id));
        Assert.Equal(expected, id.Value);
        Assert.Equal(text, id.ToString());
        Assert.False(id.IsFromDictionary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01000042")]
    [InlineData("-7")]
    [InlineData("+7")]
    [InlineData(" 7")]
    [InlineData("7 ")]
    [InlineData("7.0")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("1000000000000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("１２")]
    public void Everything_else_goes_through_the_dictionary(string text)
    {
        Assert.False(SubjectId.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(text), out var id));
        Assert.True(id.IsNone);
    }

    [Fact]
    public void Every_number_up_to_eighteen_digits_reads_back() => Gen.Long[0, 999_999_999_999_999_999].Sample(value =>
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        Assert.True(SubjectId.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(text), out var id));
        Assert.Equal(value, id.Value);
        Assert.Equal(text, id.ToString());
    });

    [Fact]
    public void Nobody_has_no_text_and_is_not_from_the_dictionary()
    {
        Assert.True(SubjectId.None.IsNone);
        Assert.False(SubjectId.None.IsFromDictionary);
        Assert.Equal("", SubjectId.None.ToString());
        Assert.False(new SubjectId(0).IsNone);
        Assert.True(new SubjectId(-1).IsFromDictionary);
    }
}
