using System.Text;
using WhoSaw.Intake.Enrichment;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:443", "192.0.2.1")]
    [InlineData("[2001:DB8:0:0::1]:443", "2001:db8::1")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:c000:0201", "192.0.2.1")]
    public void An_address_has_one_form(string text, string expected)
    {
        Span<byte> room = stackalloc byte[AddressText.LongestLength];
        Assert.True(AddressText.TryNormalise(Encoding.UTF8.GetBytes(text), room, out var written));
        Assert.Equal(expected, Encoding.UTF8.GetString(room[..written]));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("unix:")]
    [InlineData("256.0.2.1")]
    [InlineData("192.0.2")]
    [InlineData("192.0.02.1")]
    [InlineData("2001:db8::1::2")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("[")]
    public void A_name_is_no_address(string text) =>
        Assert.False(
            AddressText.TryNormalise(Encoding.UTF8.GetBytes(text), stackalloc byte[AddressText.LongestLength], out _));
}
