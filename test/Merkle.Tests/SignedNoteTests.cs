using System.Buffers.Binary;
using System.Text;
using CsCheck;
using NSec.Cryptography;

namespace WhoSaw.Merkle.Tests;

public sealed class SignedNoteTests
{
    private const string Text = "example.com/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    private static readonly Key LogKey = KeyOf(1);
    private static readonly Key WitnessKey = KeyOf(2);
    private static readonly VerifierKey Log = Verifier("example.com/log", NoteKeyKind.Ed25519, LogKey);
    private static readonly VerifierKey Witness = Verifier("example.com/w", NoteKeyKind.CosignatureV1, WitnessKey);

    [Fact]
    public void A_note_is_signed_and_cosigned()
    {
        var note = SignedNote.Parse(Signed().ToBytes());
        Assert.NotNull(note);
        Assert.True(note.IsSignedBy(Log, Shared.Verify));
        Assert.Equal(1_744_632_000, note.CosignedAt(Witness, Shared.Verify));
        Assert.Null(note.CosignedAt(Log, Shared.Verify));
        Assert.False(note.IsSignedBy(Verifier("example.com/log", NoteKeyKind.Ed25519, WitnessKey), Shared.Verify));
    }

    [Fact]
    public void No_bit_of_a_note_can_change_unseen()
    {
        var bytes = (Signed() with { Signatures = [Signed().Signatures[0]] }).ToBytes();
        Gen.Int[0, bytes.Length * 8 - 1].Sample(bit =>
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SignedNote.Parse(changed)?.IsSignedBy(Log, Shared.Verify) ?? false);
        }, iter: 2000);
    }

    [Fact]
    public void A_cosignature_holds_for_its_time_only()
    {
        var line = Signed().Signatures[1];
        var later = line.Bytes.ToArray();
        later[7]++;
        var note = Signed() with { Signatures = [line with { Bytes = later }] };
        Assert.Null(note.CosignedAt(Witness, Shared.Verify));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA")]
    [InlineData("te\rxt\n\n— name AAAAAAAA\n")]
    public void What_is_no_note_is_refused(string text) => Assert.Null(SignedNote.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("log\n07\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("log\n7\n")]
    [InlineData("\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.Null(Checkpoint.Parse(text));

    [Fact]
    public void A_key_is_its_text()
    {
        Assert.Equal(Log, VerifierKey.Parse(Log.ToString()));
        Assert.Equal(Witness, VerifierKey.Parse(Witness.ToString()));
        Assert.Null(VerifierKey.Parse(Log.ToString().Replace("log", "lag", StringComparison.Ordinal)));
        Assert.Null(VerifierKey.Parse("name+00000000+AAAA"));
        Assert.Null(VerifierKey.Parse("name"));
    }

    private static SignedNote Signed()
    {
        const long time = 1_744_632_000;
        var cosignature = new byte[8 + 64];
        BinaryPrimitives.WriteInt64BigEndian(cosignature, time);
        SignatureAlgorithm.Ed25519.Sign(WitnessKey, SignedNote.CosignedMessage(Text, time)).CopyTo(cosignature, 8);
        return new SignedNote(Text,
        [
            new NoteSignature(Log.Name, Log.Id, SignatureAlgorithm.Ed25519.Sign(LogKey, Encoding.UTF8.GetBytes(Text))),
            new NoteSignature(Witness.Name, Witness.Id, cosignature),
        ]);
    }

    private static Key KeyOf(byte seed) => Key.Import(
        SignatureAlgorithm.Ed25519, Enumerable.Repeat(seed, 32).ToArray(), KeyBlobFormat.RawPrivateKey);

    private static VerifierKey Verifier(string name, NoteKeyKind kind, Key key) =>
        new(name, kind, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
}
