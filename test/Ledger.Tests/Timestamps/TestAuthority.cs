using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;

namespace WhoSaw.Ledger.Tests;

/// <summary>A time-stamping authority (RFC 3161) with a certificate of its own, for tests alone.</summary>
internal sealed class TestAuthority
{
    private readonly AsymmetricCipherKeyPair _keys;
    private readonly X509Certificate _certificate;
    private int _serial;

    public TestAuthority(string name)
    {
        var random = new SecureRandom(new DigestRandomGenerator(new Org.BouncyCastle.Crypto.Digests.Sha256Digest()));
        random.SetSeed(System.Text.Encoding.UTF8.GetBytes(name));
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(SecObjectIdentifiers.SecP256r1, random));
        _keys = generator.GenerateKeyPair();
        var certificate = new X509V3CertificateGenerator();
        certificate.SetSerialNumber(BigInteger.One);
        certificate.SetIssuerDN(new X509Name($"CN={name}"));
        certificate.SetSubjectDN(new X509Name($"CN={name}"));
        certificate.SetNotBefore(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        certificate.SetNotAfter(new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        certificate.SetPublicKey(_keys.Public);
        certificate.AddExtension(
            X509Extensions.ExtendedKeyUsage, critical: true, new ExtendedKeyUsage(KeyPurposeID.id_kp_timeStamping));
        _certificate = certificate.Generate(new Asn1SignatureFactory("SHA256WITHECDSA", _keys.Private, random));
    }

    public byte[] Certificate => _certificate.GetEncoded();

    public byte[] Answer(byte[] request)
    {
        var tokens = new TimeStampTokenGenerator(_keys.Private, _certificate, TspAlgorithms.Sha256, "1.2.3.4.1");
        tokens.SetCertificates(CollectionUtilities.CreateStore(new[] { _certificate }));
        var responses = new TimeStampResponseGenerator(tokens, TspAlgorithms.Allowed);
        return responses.Generate(
            new TimeStampRequest(request), BigInteger.ValueOf(++_serial),
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)).GetEncoded();
    }
}
