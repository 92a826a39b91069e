using System.Security.Cryptography;

namespace WhoSaw.Intake.Tailing;

/// <summary>The digest of everything that was taken of a file, and of the little before its end.</summary>
internal sealed class TakenBytes : IDisposable
{
    private const int Kept = 256;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _last = new byte[Kept];
    private int _length;

    /// <summary>The digest of no bytes.</summary>
    public static string OfNothing { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

    public long Count { get; private set; }
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public (string Sha256, int Length) Before =>
        (Convert.ToHexStringLower(SHA256.HashData(_last.AsSpan(0, _length))), _length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Count += bytes.Length;
        if (bytes.Length >= Kept)
        {
            bytes[^Kept..].CopyTo(_last);
            _length = Kept;
            return;
        }
        var old = Math.Min(_length, Kept - bytes.Length);
        _last.AsSpan(_length - old, old).CopyTo(_last);
        bytes.CopyTo(_last.AsSpan(old));
        _length = old + bytes.Length;
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>Whether a file holds, before an offset, what a position says of it.</summary>
    public static bool Matches(Stream decompressed, long offset, string before, int beforeLength)
    {
        var buffer = new byte[1 << 16];
        for (var left = offset - beforeLength; left > 0;)
        {
            if (decompressed.CanSeek)
            {
                decompressed.Seek(left, SeekOrigin.Begin);
                break;
            }
            var got = decompressed.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (got == 0)
                return false;
            left -= got;
        }
        var last = buffer.AsSpan(0, beforeLength);
        return decompressed.ReadAtLeast(last, last.Length, throwOnEndOfStream: false) == last.Length
            && Convert.ToHexStringLower(SHA256.HashData(last)) == before;
    }
}
