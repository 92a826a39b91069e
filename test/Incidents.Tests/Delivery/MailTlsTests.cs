using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Incidents.Tests.Notices;

namespace WhoSaw.Incidents.Tests.Delivery;

/// <summary>Against a real SMTP server with a certificate that nobody but the operator trusts.</summary>
public sealed class MailTlsTests
{
    private static readonly DateTimeOffset Approved = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Recipient Somebody = new(0, "p1", true, "one@example.com", null, null);

    [Theory]
    [InlineData(MailSecurity.Tls, "tls")]
    [InlineData(MailSecurity.StartTls, "starttls")]
    public async Task Only_the_certificate_that_is_configured_is_taken(MailSecurity security, string server)
    {
        using var folder = new TemporaryFolder();
        var (certificate, other) = (Certificate(folder, "mail"), Certificate(folder, "other"));
        using var process = MailServerProcess.Start(
            folder.At("server.log"), certificate: certificate, security: server);
        Assert.SkipUnless(process is not null, MailServerProcess.Missing);
        var address = new MailServer("localhost", process.Port, security, "privacy@example.com");

        Assert.Equal(RecipientState.Deferred, await Send(address));
        Assert.Equal(RecipientState.Deferred, await Send(address with { Trust = other }));
        Assert.Empty(process.Taken());

        Assert.Equal(RecipientState.Accepted, await Send(address with { Trust = certificate }));
        Assert.Equal(["one@example.com"], process.Taken().Keys);
    }

    [Fact]
    public async Task The_name_must_be_that_of_the_server_whatever_is_trusted()
    {
        using var folder = new TemporaryFolder();
        var certificate = Certificate(folder, "mail", "elsewhere.example.com");
        using var process = MailServerProcess.Start(folder.At("server.log"), certificate: certificate);
        Assert.SkipUnless(process is not null, MailServerProcess.Missing);

        Assert.Equal(RecipientState.Deferred, await Send(
            new MailServer("localhost", process.Port, MailSecurity.Tls, "privacy@example.com")
            {
                Trust = certificate,
            }));
        Assert.Empty(process.Taken());
    }

    [Fact]
    public async Task A_server_without_TLS_gets_nothing_where_TLS_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var process = MailServerProcess.Start(folder.At("server.log"));
        Assert.SkipUnless(process is not null, MailServerProcess.Missing);

        Assert.Equal(RecipientState.Deferred, await Send(
            new MailServer("localhost", process.Port, MailSecurity.StartTls, "privacy@example.com")));
        Assert.Empty(process.Taken());
    }

    private static async Task<RecipientState> Send(MailServer server)
    {
        await using var sender = new MailSender(server, Shop.Draft(Shop.Confirmed().Case), Approved);
        return (await sender.SendAsync(Somebody, "key", CancellationToken.None)).State;
    }

    /// <summary>Certificate and key in one PEM file.</summary>
    private static string Certificate(TemporaryFolder folder, string name, string host = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(120));
        return folder.Write(
            name + ".pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
