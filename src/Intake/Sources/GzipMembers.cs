using System.IO.Compression;

namespace WhoSaw.Intake.Sources;

/// <summary>
/// The members of a gzip file, one behind the other. <see cref="GZipStream"/> takes the first bytes that begin no
/// member for the end of the file and does not say what it left. Zeros, which a crash or a tape leaves between members,
/// are passed over here; anything else is a damaged file.
/// </summary>
internal sealed class GzipMembers : ReadOnlyStream
{
    private readonly Portions _stored;
    private GZipStream? _members;

    public GzipMembers(Stream stored) => _members = Members(_stored = new Portions(stored));

    public override int Read(Span<byte> buffer)
    {
        while (_members is not null && !buffer.IsEmpty)
        {
            if (_members.Read(buffer) is > 0 and var count)
                return count;
            _members.Dispose();
            _members = _stored.PassOverZeros() ? Members(_stored) : null;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _members?.Dispose();
            _stored.Dispose();
        }
        base.Dispose(disposing);
    }

    private static GZipStream Members(Portions stored) => new(stored, CompressionMode.Decompress, leaveOpen: true);

    /// <summary>
    /// Hands out what is stored so that no portion holds the beginning of a member but at its own, and what is last
    /// byte by byte: who stops reading has left no member unread in what it was given, and of the end one byte.
    /// </summary>
    private sealed class Portions(Stream rest) : ReadOnlyStream
    {
        private const int Tail = 1024;
        private readonly byte[] _bytes = new byte[1 << 16];
        private int _at;
        private int _length;
        private bool _ended;

        // the end of the last portion; null behind all
        private byte? _last;

        private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 8];

        public override int Read(Span<byte> buffer)
        {
            if (_length - _at <= Tail)
                Fill();
            var left = _bytes.AsSpan(_at, _length - _at);
            if (left.IsEmpty || buffer.IsEmpty)
            {
                _last = null;
                return 0;
            }
            var count = _ended && left.Length <= Tail ? 1 : Math.Min(buffer.Length, left.Length - Tail);
            if (left[1..Math.Min(left.Length, count + Magic.Length)].IndexOf(Magic) is >= 0 and var before)
                count = before + 1;
            left[..count].CopyTo(buffer);
            _at += count;
            _last = buffer[count - 1];
            return count;
        }

        /// <summary>
        /// Whether another member follows, behind nothing but zeros; throws where something else does.
        /// </summary>
        public bool PassOverZeros()
        {
            while (_last == 0 && (_at < _length || Fill()))
                if (_length - _at <= Magic.Length && !_ended)
                    Fill();
                else if (_bytes.AsSpan(_at, _length - _at).StartsWith(Magic))
                    return true;
                else
                    _last = _bytes[_at++];
            return _last is null or 0 ? false : throw new InvalidDataException("What follows a member is no member.");
        }

        private bool Fill()
        {
            _bytes.AsSpan(_at, _length - _at).CopyTo(_bytes);
            (_at, _length) = (0, _length - _at);
            while (!_ended && _length < _bytes.Length)
            {
                var count = rest.Read(_bytes.AsSpan(_length));
                _ended = count == 0;
                _length += count;
            }
            return _at < _length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
