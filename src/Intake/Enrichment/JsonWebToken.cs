using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using WhoSaw.Intake.Formats;
using WhoSaw.Records;

namespace WhoSaw.Intake.Enrichment;

/// <summary>
/// Takes a JSON Web Token (RFC 7519) apart into what it says of itself, and drops it. Nothing is verified: the gateway
/// let it in, and whether anybody issued it is for detection to say.
/// </summary>
public static class JsonWebToken
{
    private const int Largest = 64 * 1024;

    /// <summary>
    /// Reads <c>kid</c>, <c>jti</c>, <c>sub</c> and <c>exp</c> into key, credential, account and expiry where the line
    /// has not given them. Without <c>jti</c>, and for a token of any other kind, the whole token is the credential.
    /// The field token is empty afterwards. True when it was a token of this kind.
    /// </summary>
    /// <param name="token">The token; with <c>Bearer</c> before it, or as a cookie (<c>name=token;
    /// name=value</c>).</param>
    public static bool TryTakeApart(ReadOnlySpan<byte> token, LineFields fields)
    {
        token = TokenText.Bare(token);
        fields.SetSlice(LineField.Token, 0, 0);
        if (token.IsEmpty)
            return false;
        var hadCredential = fields.Has(LineField.Credential);
        var understood = token.Length <= Largest && TryRead(token, fields);
        if (!hadCredential && (!understood || !fields.Has(LineField.Credential)))
            fields.SetText(LineField.Credential, token);
        return understood;
    }

    private static bool TryRead(ReadOnlySpan<byte> token, LineFields fields)
    {
        var first = token.IndexOf((byte)'.');
        if (first <= 0)
            return false;
        var rest = token[(first + 1)..];
        var second = rest.IndexOf((byte)'.');
        var payload = second < 0 ? rest : rest[..second];
        // five parts: the payload is encrypted, the header alone speaks
        var isEncrypted = token.Count((byte)'.') == 4;
        var header = new Claims(fields) { Key = !fields.Has(LineField.Key) };
        if (!TryDecode(token[..first], ref header))
            return false;
        if (isEncrypted)
            return true;
        var claims = new Claims(fields)
        {
            Credential = !fields.Has(LineField.Credential),
            Account = !fields.Has(LineField.Account),
            Expires = fields.Expires == EventTime.Latest,
        };
        return TryDecode(payload, ref claims);
    }

    private static bool TryDecode(ReadOnlySpan<byte> encoded, ref Claims claims)
    {
        byte[]? rented = null;
        var room = encoded.Length <= 2048
            ? stackalloc byte[2048]
            : rented = ArrayPool<byte>.Shared.Rent(encoded.Length);
        var status = Base64Url.DecodeFromUtf8(encoded, room, out _, out var written);
        var understood = status == OperationStatus.Done && claims.TryRead(room[..written]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return understood;
    }

    /// <summary>Which claims are wanted of one part of a token.</summary>
    private ref struct Claims(LineFields fields)
    {
        public bool Key;
        public bool Credential;
        public bool Account;
        public bool Expires;

        public readonly bool TryRead(ReadOnlySpan<byte> json)
        {
            try
            {
                var reader = new Utf8JsonReader(json);
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                    return false;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    TakeProperty(ref reader);
                return reader.TokenType == JsonTokenType.EndObject;
            }
            catch (JsonException)
            {
                return false;
            }
            catch (InvalidOperationException)
            {
                // a string that is no Unicode text
                return false;
            }
        }

        private readonly void TakeProperty(ref Utf8JsonReader reader)
        {
            if (Key && reader.ValueTextEquals("kid"u8))
                Take(ref reader, LineField.Key);
            else if (Credential && reader.ValueTextEquals("jti"u8))
                Take(ref reader, LineField.Credential);
            else if (Account && reader.ValueTextEquals("sub"u8))
                Take(ref reader, LineField.Account);
            else if (Expires && reader.ValueTextEquals("exp"u8))
                TakeExpires(ref reader);
            else
                reader.Skip();
        }

        private readonly void Take(ref Utf8JsonReader reader, LineField field)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number)
                fields.SetText(field, reader.ValueSpan);
            else if (reader.TokenType == JsonTokenType.String)
                fields.Commit(field, reader.CopyString(fields.Reserve(reader.ValueSpan.Length)));
            else
                reader.Skip();
        }

        private readonly void TakeExpires(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
                reader.Skip();
            else if (reader.TryGetDouble(out var seconds) && double.Abs(seconds) < 100_000_000_000)
                fields.Expires = new EventTime((long)Math.Round(seconds * EventTime.Second));
        }
    }
}
