using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.X509;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>What an authority answered (RFC 3161), taken apart and checked. Knows the library of time stamps.</summary>
internal sealed class TimestampReply
{
    private readonly TimeStampToken _token;
    private readonly X509Certificate _signer;

    private TimestampReply(TimeStampToken token, X509Certificate signer) => (_token, _signer) = (token, signer);

    /// <summary>The name in the certificate that signed it.</summary>
    public string Authority => _signer.SubjectDN.ToString();
    public EventTime Time => EventTime.From(new DateTimeOffset(_token.TimeStampInfo.GenTime, TimeSpan.Zero));

    /// <summary>A request for a digest, with the authority's certificate in the answer.</summary>
    public static TimeStampRequest RequestOf(byte[] sha256, byte[] nonce)
    {
        var generator = new TimeStampRequestGenerator();
        generator.SetCertReq(true);
        return generator.Generate(TspAlgorithms.Sha256, sha256, new Org.BouncyCastle.Math.BigInteger(1, nonce));
    }

    /// <summary>
    /// Reads an answer whose signature is right over its own content; null, with half a sentence, for anything else.
    /// </summary>
    /// <param name="request">When given, the answer must be to this one.</param>
    public static TimestampReply? Read(byte[] bytes, TimeStampRequest? request, out string fault)
    {
        fault = "does not read as a time stamp";
        try
        {
            var response = new TimeStampResponse(bytes);
            if (request is not null)
                response.Validate(request);
            if (response.TimeStampToken is not { } token)
            {
                fault = $"is a refusal: {response.GetStatusString()}";
                return null;
            }
            foreach (var signer in token.GetCertificates().EnumerateMatches(token.SignerID))
            {
                token.Validate(signer);
                return new TimestampReply(token, signer);
            }
            fault = "has no certificate of its signer in it";
        }
        catch (Exception exception) when (IsOfLibrary(exception))
        {
            fault = exception is TspException ? $"is not right: {exception.Message}" : fault;
        }
        return null;
    }

    public bool IsOf(byte[] sha256) =>
        _token.TimeStampInfo.MessageImprintAlgOid == TspAlgorithms.Sha256
        && _token.TimeStampInfo.GetMessageImprintDigest().AsSpan().SequenceEqual(sha256);

    /// <summary>True when this certificate signed it, or issued the one that did.</summary>
    /// <param name="certificate">PEM or DER; null when that does not read as one.</param>
    public bool? IsSignedUnder(byte[] certificate)
    {
        try
        {
            if (new X509CertificateParser().ReadCertificate(certificate) is not { } authority)
                return null;
            if (authority.Equals(_signer))
                return true;
            _signer.Verify(authority.GetPublicKey());
            return true;
        }
        catch (CertificateException)
        {
            return null;
        }
        catch (GeneralSecurityException)
        {
            return false;
        }
    }

    private static bool IsOfLibrary(Exception exception) => exception is TspException or IOException or CmsException
        or GeneralSecurityException or ArgumentException or InvalidOperationException or InvalidCastException
        or FormatException;
}
