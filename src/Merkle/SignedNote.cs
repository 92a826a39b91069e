using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace WhoSaw.Merkle;

/// <summary>A signature line of a note: who, with which key, and the bytes of the signature.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The line without its end.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.Span.CopyTo(bytes.AsSpan(4));
        return $"— {Name} {Convert.ToBase64String(bytes)}";
    }
}

/// <summary>A text with signatures below it (C2SP signed-note).</summary>
/// <param name="Text">Ends with a line feed.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string Dash = "— ";
    private const int TimeLength = 8;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null for what is not a note, byte for byte.</summary>
    public static SignedNote? Parse(ReadOnlySpan<byte> bytes)
    {
        string note;
        try
        {
            note = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        if (note.Any(letter => letter < ' ' && letter != '\n') || !note.EndsWith('\n'))
            return null;
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || blank + 2 == note.Length)
            return null;
        var signatures = new List<NoteSignature>();
        foreach (var line in note[(blank + 2)..^1].Split('\n'))
        {
            if (ParseSignature(line) is not { } signature)
                return null;
            signatures.Add(signature);
        }
        return new SignedNote(note[..(blank + 1)], signatures);
    }

    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(Text + "\n" + string.Concat(Signatures.Select(signature => signature + "\n")));

    /// <summary>True when a line of this key is there and right, and none of this key is wrong.</summary>
    public bool IsSignedBy(VerifierKey key, VerifyEd25519 verify) => Times(key, verify) is not null;

    /// <summary>When a witness saw the note, in seconds since the epoch; null unless its line is right.</summary>
    public long? CosignedAt(VerifierKey witness, VerifyEd25519 verify) =>
        witness.Kind == NoteKeyKind.CosignatureV1 ? Times(witness, verify) : null;

    /// <summary>What a witness signs: a line for the kind, one for the time, and the note's text.</summary>
    public static byte[] CosignedMessage(string text, long time) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private long? Times(VerifierKey key, VerifyEd25519 verify)
    {
        long? time = null;
        foreach (var line in Signatures.Where(line => line.KeyId == key.Id && line.Name == key.Name))
        {
            var bytes = line.Bytes.Span;
            byte[] message;
            if (key.Kind == NoteKeyKind.CosignatureV1)
            {
                if (bytes.Length < TimeLength)
                    return null;
                time = BinaryPrimitives.ReadInt64BigEndian(bytes);
                message = CosignedMessage(Text, time.Value);
                bytes = bytes[TimeLength..];
            }
            else
            {
                time = 0;
                message = Encoding.UTF8.GetBytes(Text);
            }
            if (!verify(key.PublicKey, message, bytes))
                return null;
        }
        return time;
    }

    private static NoteSignature? ParseSignature(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal)
            || line[Dash.Length..].Split(' ') is not [var name, var text])
            return null;
        return name.Length > 0 && !name.Contains('+', StringComparison.Ordinal)
            && Base64Text.Read(text) is { Length: > 4 } bytes
            ? new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4))
            : null;
    }
}
