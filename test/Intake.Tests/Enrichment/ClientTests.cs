using System.Text;
using WhoSaw.Intake.Enrichment;
using Xunit;

namespace WhoSaw.Intake.Tests.Enrichment;

public sealed class ClientTests
{
    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("203.0.113.5", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2::3", "2001:db8:1::/48")]
    [InlineData("2001:db8::1", "2001:db8::/48")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8::/48")]
    [InlineData("2001:0:5::1", "2001:0:5::/48")]
    [InlineData("::1", "::/48")]
    [InlineData("::", "::/48")]
    [InlineData("1::2:3:4:5:6:7", "1:0:2::/48")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3::/48")]
    [InlineData("fe80::", "fe80::/48")]
    [InlineData("64:ff9b::192.0.2.1", "64:ff9b::/48")]
    [InlineData("gateway.example.com", "")]
    [InlineData("192.0.2", "")]
    [InlineData("192.0.2.1/8", "")]
    [InlineData("2001:db8", "")]
    [InlineData("1:2:3:4:5:6:7:8:9", "")]
    [InlineData("", "")]
    public void A_network_is_the_24_or_the_48(string address, string network) =>
        Assert.Equal(network, NetworkOf(address));

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.7", 0, "192.0.2.1")]
    [InlineData("192.0.2.1", "198.51.100.7", 1, "198.51.100.7")]
    [InlineData("192.0.2.1", "203.0.113.66, 198.51.100.7", 1, "198.51.100.7")]
    [InlineData("192.0.2.1", "203.0.113.66, 198.51.100.7, 192.0.2.9", 2, "198.51.100.7")]
    [InlineData("192.0.2.1", "198.51.100.7", 3, "198.51.100.7")]
    [InlineData("192.0.2.1", "", 1, "192.0.2.1")]
    [InlineData("192.0.2.1", "-", 1, "192.0.2.1")]
    [InlineData("192.0.2.1", "unknown, 198.51.100.7", 2, "198.51.100.7")]
    [InlineData("192.0.2.1", " 198.51.100.7 ,, ", 1, "198.51.100.7")]
    [InlineData("192.0.2.1", "for=203.0.113.6;proto=https, For=\"[2001:db8::1]:4711\"", 1, "[2001:db8::1]:4711")]
    [InlineData("192.0.2.1", "for=203.0.113.6, by=192.0.2.9;for=198.51.100.7", 1, "198.51.100.7")]
    public void The_client_is_what_our_outermost_proxy_saw(
        string client, string forwarded, int proxies, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(
            ForwardedClient.Pick(Encoding.UTF8.GetBytes(client), Encoding.UTF8.GetBytes(forwarded), proxies)));

    private static string NetworkOf(string address)
    {
        Span<byte> text = stackalloc byte[Network.LongestLength];
        return Network.TryWrite(Encoding.UTF8.GetBytes(address), text, out var written)
            ? Encoding.UTF8.GetString(text[..written])
            : "";
    }
}
