using WhoSaw.Intake.Enrichment;
using Xunit;

namespace WhoSaw.Intake.Tests.Enrichment;

public sealed class FingerprintTests
{
    // The authors' own vectors: key 00 01 .. 0f, input 00 01 .. of that length.
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(2, 0x0d6c8009d9a94f5a)]
    [InlineData(3, 0x85676696d7fb7e2d)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    [InlineData(63, 0x958a324ceb064572)]
    public void It_is_siphash_2_4(int length, ulong expected)
    {
        var fingerprint = new Fingerprint(Bytes(Fingerprint.KeyLength));
        Assert.Equal(expected, fingerprint.Of(Bytes(length)));
    }

    [Fact]
    public void Another_key_gives_another_fingerprint() =>
        Assert.NotEqual(new Fingerprint(new byte[16]).Of("a"u8), new Fingerprint(Bytes(16)).Of("a"u8));

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];
}
