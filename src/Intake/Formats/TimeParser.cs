using System.Buffers.Binary;
using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Reads the times of logs, exact to the microsecond (further digits are cut off). Days that do not exist are refused.
/// A leap second (:60) becomes the last microsecond of its minute, :59.999999, so that it stays in its minute and its
/// day. A time without an offset is of the zone given; where that zone's clock repeats an hour, it is taken as the
/// later one (winter time). An instance serves one worker: it remembers the last minute, so that neighbours cost a
/// compare.
/// </summary>
public sealed class TimeParser(TimeZoneInfo zone)
{
    private const ulong NotSeconds = 0xFFFF_FFFF_0000_FFFF;
    private readonly bool _utc = zone.Equals(TimeZoneInfo.Utc);
    private ulong _clf0;
    private ulong _clf1;
    private ulong _clf2;
    private ushort _clf3;
    private long _clfMinute = long.MinValue;
    private ulong _isoDate;
    private ushort _isoDay;
    private long _isoDays = long.MinValue;
    private long _zoneMinute = long.MinValue;
    private long _zoneOffset;

    /// <summary>Any of the forms below, told apart by their look; brackets around are ignored.</summary>
    public bool TryAny(ReadOnlySpan<byte> text, out EventTime time)
    {
        text = text.Trim((byte)' ');
        if (text.Length > 1 && text[0] == '[')
            text = text[^1] == ']' ? text[1..^1] : text[1..];
        if (text.Length >= 16 && text[4] is (byte)'-' or (byte)'/' && text[0] is >= (byte)'0' and <= (byte)'9')
            return TryIso(text, out time);
        if (text.Length >= 19 && text[2] == '/' && text[6] == '/')
            return TryClf(text, out time);
        if (text.Length >= 20 && text[3] == ',')
            return TryHttpDate(text, out time);
        return TryEpoch(text, out time);
    }

    /// <summary>
    /// <c>10/Oct/2000:13:55:36 -0700</c>, with or without a fraction, with or without an offset.
    /// </summary>
    public bool TryClf(ReadOnlySpan<byte> text, out EventTime time)
    {
        if (text.Length != 26)
            return TryClfSlowly(text, out time);
        var a = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var b = BinaryPrimitives.ReadUInt64LittleEndian(text[8..]);
        var c = BinaryPrimitives.ReadUInt64LittleEndian(text[16..]);
        var d = BinaryPrimitives.ReadUInt16LittleEndian(text[24..]);
        if (a == _clf0 && b == _clf1 && d == _clf3 && (c & NotSeconds) == _clf2 && _clfMinute != long.MinValue)
        {
            var seconds = CivilTime.Two(text, 18);
            time = new EventTime(_clfMinute + Seconds(seconds));
            return (uint)seconds <= 60;
        }
        if (!TryClfSlowly(text, out time))
            return false;
        // only this shape may be remembered: a fraction may stand where the offset is expected
        if (text[17] == ':' && text[20] == ' ')
        {
            (_clf0, _clf1, _clf2, _clf3) = (a, b, c & NotSeconds, d);
            _clfMinute = time.Microseconds - Seconds(CivilTime.Two(text, 18));
        }
        return true;
    }

    /// <summary>
    /// ISO 8601 and RFC 3339: T or a space between date and time, - or / in the date, point or comma before a fraction,
    /// an offset, Z, the name of a common zone, or nothing.
    /// </summary>
    public bool TryIso(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length < 16 || !TryDays(text, out var days))
            return false;
        if (text[10] is not ((byte)'T' or (byte)' ' or (byte)'t' or (byte)'_'))
            return false;
        return TryClock(text, 11, days, out time);
    }

    /// <summary>A date column and a time column, as in W3C logs: <c>2025-04-14</c> and <c>23:59:59</c>.</summary>
    public bool TryDateAndTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> clock, out EventTime time)
    {
        time = default;
        return date.Length == 10 && clock.Length >= 5 && TryDays(date, out var days)
            && TryClock(clock, 0, days, out time);
    }

    /// <summary>
    /// A number since 1970: below 10^11 seconds, below 10^14 milliseconds, below 10^17 microseconds, else nanoseconds;
    /// with or without a fraction or an exponent. Before March 1973 (10^8 s) nothing is a time of a log, and it is
    /// refused.
    /// </summary>
    public static bool TryEpoch(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (!DecimalText.TryRead(text, out var mantissa, out var exponent) || mantissa <= 0)
            return false;
        Int128 nano = mantissa;
        for (exponent += 9; exponent > 0; exponent--)
        {
            if (nano > (Int128)100_000_000_000_000 * 1_000_000_000_000_000)
                break;
            nano *= 10;
        }
        for (; exponent < 0; exponent++)
            nano /= 10;
        // nano is the number times 10^9: what it counts shows in its size
        var unit = nano < (Int128)100_000_000_000 * 1_000_000_000 ? 1_000
            : nano < (Int128)100_000_000_000_000 * 1_000_000_000 ? 1_000_000
            : nano < (Int128)100_000_000_000_000_000 * 1_000_000_000 ? 1_000_000_000L
            : 1_000_000_000_000L;
        var micro = nano / unit;
        if (exponent > 0 || micro < 100_000_000L * EventTime.Second || micro > 253_402_300_799L * EventTime.Second)
            return false;
        time = new EventTime((long)micro);
        return true;
    }

    /// <summary><c>Wed, 08 Dec 2021 14:02:43 GMT</c>, or with an offset.</summary>
    private bool TryHttpDate(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        var at = text[4] == ' ' ? 5 : 4;
        var day = CivilTime.Two(text, at);
        if (text.Length < at + 20)
            return false;
        var days = CivilTime.Days(
            CivilTime.Four(text, at + 7), CivilTime.Month(text[at + 3], text[at + 4], text[at + 5]), day);
        return days != long.MinValue && text[at + 11] == ' ' && TryClock(text, at + 12, days, out time);
    }

    private bool TryClfSlowly(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length < 17 || text[2] != '/' || text[6] != '/' || text[11] is not ((byte)':' or (byte)' '))
            return false;
        var days = CivilTime.Days(
            CivilTime.Four(text, 7), CivilTime.Month(text[3], text[4], text[5]), CivilTime.Two(text, 0));
        return days != long.MinValue && TryClock(text, 12, days, out time);
    }

    private bool TryDays(ReadOnlySpan<byte> text, out long days)
    {
        var date = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var day = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        days = _isoDays;
        if (date == _isoDate && day == _isoDay && days != long.MinValue)
            return true;
        if (text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4])
            return false;
        days = CivilTime.Days(CivilTime.Four(text, 0), CivilTime.Two(text, 5), CivilTime.Two(text, 8));
        if (days == long.MinValue)
            return false;
        (_isoDate, _isoDay, _isoDays) = (date, day, days);
        return true;
    }

    /// <summary>HH:MM[:SS[.fraction]][ ][offset], to the end of the text.</summary>
    private bool TryClock(ReadOnlySpan<byte> text, int at, long days, out EventTime time)
    {
        time = default;
        var hour = CivilTime.Two(text, at);
        var minute = CivilTime.Two(text, at + 3);
        if ((uint)hour > 23 || (uint)minute > 59 || text[at + 2] != ':')
            return false;
        at += 5;
        var within = 0L;
        if (at < text.Length && text[at] == ':')
        {
            var second = CivilTime.Two(text, at + 1);
            if ((uint)second > 60)
                return false;
            at += 3;
            if (!TryFraction(text, ref at, out var fraction))
                return false;
            within = second == 60 ? Seconds(60) : Seconds(second) + fraction;
        }
        var local = days * EventTime.Day + hour * EventTime.Hour + minute * EventTime.Minute;
        if (!TryOffset(text[at..], local, out var offset))
            return false;
        time = new EventTime(local - offset + within);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int at, out long microseconds)
    {
        microseconds = 0;
        if (at >= text.Length || text[at] is not ((byte)'.' or (byte)','))
            return true;
        at++;
        var from = at;
        var weight = 100_000L;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            microseconds += (text[at] - '0') * weight;
            weight /= 10;
        }
        return at > from;
    }

    private bool TryOffset(ReadOnlySpan<byte> text, long local, out long offset)
    {
        offset = 0;
        if (text.Length > 0 && text[0] == ' ')
            text = text[1..];
        if (text.IsEmpty)
        {
            offset = OffsetAt(local);
            return true;
        }
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return TryNamedZone(text, local, out offset);
        var hours = CivilTime.Two(text, 1);
        var minutes = text.Length switch
        {
            3 => 0,
            5 => CivilTime.Two(text, 3),
            6 when text[3] == ':' => CivilTime.Two(text, 4),
            _ => -1,
        };
        if ((uint)hours > 18 || (uint)minutes > 59)
            return false;
        offset = hours * EventTime.Hour + minutes * EventTime.Minute;
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    private bool TryNamedZone(ReadOnlySpan<byte> name, long local, out long offset)
    {
        offset = 0;
        if (name.Length is < 2 or > 5 || name.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') >= 0)
            return false;
        int hours;
        if (name.SequenceEqual("UTC"u8) || name.SequenceEqual("GMT"u8))
            hours = 0;
        else if (name.SequenceEqual("KST"u8) || name.SequenceEqual("JST"u8))
            hours = 9;
        else if (name.SequenceEqual("CET"u8))
            hours = 1;
        else if (name.SequenceEqual("CEST"u8))
            hours = 2;
        else
        {
            // the other abbreviations mean different things in different countries: the zone configured decides
            offset = OffsetAt(local);
            return !_utc;
        }
        offset = hours * EventTime.Hour;
        return true;
    }

    private long OffsetAt(long local)
    {
        if (_utc)
            return 0;
        if (local == _zoneMinute)
            return _zoneOffset;
        var clock = new DateTime(DateTime.UnixEpoch.Ticks + local * TimeSpan.TicksPerMicrosecond);
        _zoneOffset = zone.GetUtcOffset(clock).Ticks / TimeSpan.TicksPerMicrosecond;
        _zoneMinute = local;
        return _zoneOffset;
    }

    private static long Seconds(int seconds) =>
        seconds == 60 ? EventTime.Minute - 1 : seconds * EventTime.Second;
}
