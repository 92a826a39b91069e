using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WhoSaw.Intake.Sightings;

/// <summary>
/// The places of a text where personal data may begin: runs of ten digits and more, the separated forms of numbers,
/// <c>@</c> and <c>%40</c>. Windows of 64 bytes, of which 48 are new, as bit masks; the rest is looked ahead at.
/// </summary>
internal ref struct CandidatePlaces(ReadOnlySpan<byte> text)
{
    private const int Window = 64;
    private const int Step = 48;
    private const ulong New = (1UL << Step) - 1;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _window = -Step;
    private ulong _places;
    private ulong _before;

    public bool MoveNext(out int at)
    {
        while (_places == 0)
        {
            _window += Step;
            if (_window >= _text.Length)
            {
                at = 0;
                return false;
            }
            if (_window + Window <= _text.Length)
                Look(ref Unsafe.AsRef(in _text[_window]));
            else
                LookAtRest();
        }
        at = _window + BitOperations.TrailingZeroCount(_places);
        _places &= _places - 1;
        return true;
    }

    private void LookAtRest()
    {
        Span<byte> rest = stackalloc byte[Window];
        rest.Clear();
        _text[_window..].CopyTo(rest);
        Look(ref rest[0]);
    }

    private void Look(ref byte start)
    {
        ulong digit, sign;
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref start);
            digit = Vector512.LessThanOrEqual(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)9))
                .ExtractMostSignificantBits();
            sign = (Vector512.Equals(bytes, Vector512.Create((byte)'@'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'%'))).ExtractMostSignificantBits();
        }
        else
        {
            digit = Digits(Vector256.LoadUnsafe(ref start)) | (ulong)Digits(Vector256.LoadUnsafe(ref start, 32)) << 32;
            sign = Signs(Vector256.LoadUnsafe(ref start)) | (ulong)Signs(Vector256.LoadUnsafe(ref start, 32)) << 32;
        }
        var two = digit & digit >> 1;
        var four = two & two >> 2;
        var begins = digit & ~(digit << 1 | _before);
        _before = digit >> (Step - 1) & 1;
        // a run of ten, or a group that is followed, one byte on, by a group of four or more
        var ten = four & four >> 4 & two >> 8;
        var three = two & digit >> 2;
        var grouped = four & ~(digit >> 4) & four >> 5
            | three & ~(digit >> 3) & four >> 4
            | four & two >> 4 & ~(digit >> 6) & four >> 7;
        _places = (begins & (ten | grouped) | sign) & New;
    }

    private static uint Digits(Vector256<byte> bytes) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)9))
            .ExtractMostSignificantBits();

    private static uint Signs(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'@')) | Vector256.Equals(bytes, Vector256.Create((byte)'%')))
            .ExtractMostSignificantBits();
}
