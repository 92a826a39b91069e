using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class KeyTests
{
    private static readonly FixedSigner Next = new(8);

    [Fact]
    public void A_new_key_signs_from_its_entry_on_and_both_are_trusted()
    {
        using var folder = new TemporaryFolder();
        VerificationTests.Small(folder);
        var older = File.ReadAllBytes(folder.At("checkpoint"));
        KeyRotation.Run(folder.Path, Some.Options, Next, "a custodian left", "counsel", Some.Noon);
        var options = Some.Options with { Signer = Next };
        Assert.Throws<LedgerException>(
            () => LedgerJournal.Append(folder.Path, Some.Options, new Decision("C1", "aa", "b")));
        LedgerJournal.Append(folder.Path, options, new Decision("C1", "aa", "b"));
        foreach (var signer in new[] { Some.Options.Signer!, Next })
        {
            var report = LedgerVerification.Run(folder.Path, VerificationTests.Trusting() with
            {
                Key = Ed25519.TextOf(signer.PublicKey.Span),
                Against = older,
            });
            Assert.Empty(report.Faults);
        }
        Assert.NotEmpty(LedgerVerification.Run(folder.Path, VerificationTests.Trusting() with
        {
            Key = Ed25519.TextOf(new FixedSigner(9).PublicKey.Span),
        }).Faults);
        KeyRotation.Run(folder.Path, options, new FixedSigner(10), "again", "counsel", Some.Noon);
        HoldTests.RequireSound(folder);
        Assert.Throws<LedgerException>(() => KeyRotation.Run(
            folder.Path, Some.Options with { Signer = new FixedSigner(10) }, Next, "back", "counsel", Some.Noon));
    }

    [Fact]
    public void A_key_that_the_old_one_did_not_sign_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        VerificationTests.Small(folder);
        var journal = Journal.Load(folder.Path);
        var thief = new FixedSigner(9);
        var key = new WhoSaw.Merkle.VerifierKey(
            journal.Origin, WhoSaw.Merkle.NoteKeyKind.Ed25519, thief.PublicKey.Span).ToString();
        var statement = KeyChain.Statement(journal.Origin, journal.Size, journal.Root, key);
        var forged = new KeyChanged(
            key, journal.Root, Convert.ToBase64String(thief.Sign(statement)), "none", "a thief");
        Assert.Throws<LedgerException>(() => journal.Append(FileSystem.Real, thief, [forged], out _));
        HoldTests.RequireSound(folder);
        Assert.Throws<LedgerException>(() => KeyRotation.Run(
            folder.Path, Some.Options with { Signer = thief }, Next, "none", "a thief", Some.Noon));
    }

    [Fact]
    public void A_command_signs_in_the_place_of_a_key_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command of this test is a shell script");
        using var folder = new TemporaryFolder();
        var signer = new FixedSigner(7);
        var script = Script(folder, Convert.ToBase64String(signer.PublicKey.Span), """
            cat > "$0.message"
            while [ ! -f "$0.signature" ]; do sleep 0.01; done
            cat "$0.signature"; rm "$0.signature"
            """);
        var command = new SigningCommand(script);
        Assert.Equal(signer.PublicKey.ToArray(), command.PublicKey.ToArray());
        var message = "whosaw/ledger/x\n1\nroot\n"u8.ToArray();
        File.WriteAllText(script + ".signature", Convert.ToBase64String(signer.Sign(message)) + "\n");
        Assert.True(Ed25519.Verify(signer.PublicKey.Span, message, command.Sign(message)));
        Assert.Equal(message, File.ReadAllBytes(script + ".message"));
    }

    [Theory]
    [InlineData("exit 3", "exit status 3")]
    [InlineData("cat > /dev/null; echo AAAA", "gave 3 bytes instead of 64")]
    [InlineData("cat > /dev/null; echo '***'", "cannot be used")]
    public void A_command_that_does_not_sign_stops_the_commit(string body, string because)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command of this test is a shell script");
        using var folder = new TemporaryFolder();
        using var ledger = new TemporaryFolder();
        var script = Script(folder, Convert.ToBase64String(new FixedSigner(7).PublicKey.Span), body);
        VerificationTests.Small(ledger);
        var before = ledger.Files();
        var refused = Assert.Throws<LedgerException>(() => LedgerJournal.Append(
            ledger.Path, new LedgerOptions { Signer = new SigningCommand(script) }, new Decision("C1", "aa", "b")));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before.Values, ledger.Files().Values);
    }

    [Fact]
    public void A_signature_of_another_key_stops_the_commit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command of this test is a shell script");
        using var folder = new TemporaryFolder();
        using var ledger = new TemporaryFolder();
        var wrong = Convert.ToBase64String(new FixedSigner(9).Sign("x"u8));
        var script = Script(
            folder, Convert.ToBase64String(new FixedSigner(7).PublicKey.Span), $"cat > /dev/null; echo {wrong}");
        VerificationTests.Small(ledger);
        Assert.Contains("does not fit its public key", Assert.Throws<LedgerException>(() => LedgerJournal.Append(
            ledger.Path, new LedgerOptions { Signer = new SigningCommand(script) }, new Decision("C1", "aa", "b")))
            .Message, StringComparison.Ordinal);
        HoldTests.RequireSound(ledger);
    }

    private static string Script(TemporaryFolder folder, string publicKey, string sign)
    {
        var path = folder.At("sign.sh");
        File.WriteAllText(path, $"#!/bin/sh\nif [ \"$1\" = public ]; then echo {publicKey}; exit 0; fi\n{sign}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
