using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class TimestampTests
{
    private readonly TestAuthority _authority = new("Stamps of a test");

    [Fact]
    public void A_stamped_checkpoint_proves_that_the_past_existed()
    {
        using var folder = new TemporaryFolder();
        VerificationTests.Small(folder);
        var entries = LedgerContents.Read(folder.Path).Head!.Size;
        var stamped = Stamp(folder, _authority.Certificate);
        Assert.Equal((entries, "CN=Stamps of a test"), (stamped.Entries, stamped.Authority));
        Assert.Equal(Some.Time("2026-01-02T03:04:05Z"), stamped.Stamped);
        VerificationTests.Small(folder);
        Stamp(folder, null);
        var report = LedgerVerification.Run(
            folder.Path, VerificationTests.Trusting() with { Authority = _authority.Certificate });
        Assert.Empty(report.Faults);
        Assert.Equal(2, report.Stamps.Count(stamp => stamp.Contains("existed on", StringComparison.Ordinal)));
        Assert.Contains(LedgerVerification.Run(folder.Path, VerificationTests.Trusting() with
        {
            Authority = new TestAuthority("somebody else").Certificate,
        }).Faults, fault => fault.What.Contains("certificate that is trusted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_that_is_flipped_in_a_stamp_or_its_checkpoint_is_found()
    {
        using var folder = new TemporaryFolder();
        VerificationTests.Small(folder);
        var stamped = Stamp(folder, null);
        foreach (var name in new[] { stamped.Checkpoint.Name, stamped.Token.Name })
        {
            var bytes = File.ReadAllBytes(folder.At(name));
            for (var at = 0; at < bytes.Length; at += 97)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= 4;
                File.WriteAllBytes(folder.At(name), changed);
                Assert.False(LedgerVerification.Run(folder.Path, VerificationTests.Trusting()).IsSound);
            }
            File.WriteAllBytes(folder.At(name), bytes);
        }
        Assert.True(LedgerVerification.Run(folder.Path, VerificationTests.Trusting()).IsSound);
    }

    [Fact]
    public void A_stamp_of_something_else_that_an_entry_names_is_found()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        VerificationTests.Small(folder);
        VerificationTests.Small(other, rows: 3);
        var foreign = Stamp(other, null);
        Directory.CreateDirectory(folder.At("timestamps"));
        foreach (var name in new[] { foreign.Checkpoint.Name, foreign.Token.Name })
            File.Copy(other.At(name), folder.At(name));
        LedgerJournal.Append(folder.Path, Some.Options, foreign);
        var fault = Assert.Single(LedgerVerification.Run(folder.Path, VerificationTests.Trusting()).Faults);
        Assert.Contains("another past", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("does not read as a time stamp")]
    [InlineData("is not right")]
    [InlineData("certificate that is trusted")]
    public void An_answer_that_is_not_right_leaves_the_ledger_as_it_was(string because)
    {
        using var folder = new TemporaryFolder();
        VerificationTests.Small(folder);
        var before = folder.Files();
        var replay = _authority.Answer(TimestampReply.RequestOf(new byte[32], [1, 2, 3]).GetEncoded());
        Func<byte[], byte[]> authority = because switch
        {
            "does not read as a time stamp" => _ => "<html>sign in</html>"u8.ToArray(),
            "is not right" => _ => replay,
            _ => new TestAuthority("somebody else").Answer,
        };
        var refused = Assert.Throws<LedgerException>(() => Timestamping.Stamp(
            folder.Path, Some.Options, authority, _authority.Certificate, "clerk", Some.Noon));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before.Values, folder.Files().Values);
    }

    private CheckpointStamped Stamp(TemporaryFolder folder, byte[]? trusted) =>
        Timestamping.Stamp(folder.Path, Some.Options, _authority.Answer, trusted, "clerk", Some.Noon);
}
