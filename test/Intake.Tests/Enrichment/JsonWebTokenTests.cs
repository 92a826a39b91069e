using System.Buffers.Text;
using System.Text;
using CsCheck;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Enrichment;

public sealed class JsonWebTokenTests
{
    private const string Header = """{"alg":"RS256","kid":"k-main-2025-01","jwk":{"kid":"inner"}}""";
    private const string Payload = """{"jti":"t-1","sub":1000007,"aud":["a",{"sub":"x"}],"exp":1745000000}""";

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}")]
    [InlineData("bearer%20{0}")]
    [InlineData("\"JWT {0}\"")]
    [InlineData("session={0}")]
    [InlineData("theme=dark; session={0}; lang=ko")]
    [InlineData("a=b; auth=\"Bearer {0}\"")]
    public void A_token_says_its_key_credential_account_and_expiry(string form)
    {
        var fields = Read(string.Format(null, form, Token(Header, Payload)), out var understood);
        Assert.True(understood);
        Assert.Equal("k-main-2025-01", Text(fields, LineField.Key));
        Assert.Equal("t-1", Text(fields, LineField.Credential));
        Assert.Equal("1000007", Text(fields, LineField.Account));
        Assert.Equal(new EventTime(1745000000 * EventTime.Second), fields.Expires);
        Assert.False(fields.Has(LineField.Token));
    }

    [Fact]
    public void What_the_line_says_itself_stays()
    {
        var fields = new LineFields();
        fields.Clear();
        fields.SetText(LineField.Account, "7"u8);
        fields.SetText(LineField.Credential, "sid"u8);
        fields.Expires = new EventTime(5);
        Assert.True(JsonWebToken.TryTakeApart(Encoding.UTF8.GetBytes(Token(Header, Payload)), fields));
        Assert.Equal(("7", "sid"), (Text(fields, LineField.Account), Text(fields, LineField.Credential)));
        Assert.Equal(new EventTime(5), fields.Expires);
    }

    [Fact]
    public void Without_an_id_the_whole_token_is_the_credential()
    {
        var token = Token(Header, """{"sub":"k\u00fc\"m","exp":1e99}""");
        var fields = Read("Bearer " + token, out var understood);
        Assert.True(understood);
        Assert.Equal(token, Text(fields, LineField.Credential));
        Assert.Equal("kü\"m", Text(fields, LineField.Account));
        Assert.Equal(EventTime.Latest, fields.Expires);
    }

    [Theory]
    [InlineData("opaque-token-1", "opaque-token-1")]
    [InlineData("Bearer a.b.c", "a.b.c")]
    [InlineData("sid=abc123==; x=y", "abc123==")]
    [InlineData("-", "")]
    [InlineData("", "")]
    public void A_token_of_another_kind_is_a_credential_as_it_is(string text, string credential)
    {
        var fields = Read(text, out var understood);
        Assert.False(understood);
        Assert.Equal(credential, Text(fields, LineField.Credential));
    }

    [Fact]
    public void The_header_of_an_encrypted_token_speaks()
    {
        var token = Token(Header, Payload) + ".x.y";
        var fields = Read(token, out var understood);
        Assert.True(understood);
        Assert.Equal("k-main-2025-01", Text(fields, LineField.Key));
        Assert.Equal(token, Text(fields, LineField.Credential));
    }

    [Fact]
    public void However_a_token_is_spoilt_it_leaves_a_credential_and_never_throws() =>
        Gen.Select(Gen.Int[0, Payload.Length - 1], Gen.Byte, Gen.Int[0, 6]).Sample(
            (at, value, removed) =>
            {
                var payload = Encoding.UTF8.GetBytes(Payload);
                payload[at] = value;
                var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header)) + "."
                    + Base64Url.EncodeToString(payload)[..^removed] + ".s";
                var fields = Read(token, out _);
                return fields.Has(LineField.Credential) && !fields.Has(LineField.Token);
            },
            iter: 5_000);

    private static LineFields Read(string text, out bool understood)
    {
        var fields = new LineFields();
        fields.Clear();
        fields.SetText(LineField.Token, Encoding.UTF8.GetBytes(text));
        understood = JsonWebToken.TryTakeApart(fields.Get(LineField.Token, default), fields);
        return fields;
    }

    private static string Text(LineFields fields, LineField field) =>
        Encoding.UTF8.GetString(fields.Get(field, default));

    private static string Token(string header, string payload) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "."
        + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload)) + ".c2lnbmF0dXJl";
}
