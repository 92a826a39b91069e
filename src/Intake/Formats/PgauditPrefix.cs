using WhoSaw.Intake.Enrichment;
using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// What PostgreSQL's log_line_prefix puts before the message: a time (%m or %t), then in any order a process or session
/// in brackets, user@database, named values (user=, client=, host=, session=) or address(port).
/// </summary>
internal static class PgauditPrefix
{
    public static bool TryTime(ReadOnlySpan<byte> line, TimeParser times, out int after, out EventTime time)
    {
        after = 0;
        time = default;
        // date, space, clock, perhaps a space and a zone: the longest that reads is the time
        var end = 0;
        for (var words = 0; words < 3 && end < line.Length; words++)
        {
            var from = words == 0 ? 0 : end + 1;
            var step = from >= line.Length ? -1 : IndexOfEnd(line[from..], words);
            end = step < 0 ? line.Length : from + step;
            if (end is >= 19 and <= 40 && times.TryIso(line[..end], out var found))
            {
                time = found;
                after = end;
            }
        }
        return after > 0;
    }

    public static void Read(ReadOnlySpan<byte> line, int start, int end, LineFields fields)
    {
        var words = 0;
        for (var at = start; at < end && words < 24; words++)
        {
            while (at < end && line[at] is (byte)' ' or (byte)':' or (byte)',')
                at++;
            var length = line[at..end].IndexOfAny(", "u8);
            if (length < 0)
                length = end - at;
            if (length > 0)
                ReadWord(line, at, length, fields);
            at += length;
        }
    }

    private static int IndexOfEnd(ReadOnlySpan<byte> text, int word) =>
        word < 2 ? text.IndexOf((byte)' ') : text.IndexOfAny(": ["u8);

    private static void ReadWord(ReadOnlySpan<byte> line, int at, int length, LineFields fields)
    {
        var word = line.Slice(at, length);
        var equals = word.IndexOf((byte)'=');
        if (equals > 0)
        {
            ReadNamed(line, word[..equals], at + equals + 1, length - equals - 1, fields);
            return;
        }
        // the prefix of RDS: 192.0.2.1(5432):user@database:[1234]:
        var open = word.IndexOf((byte)'(');
        if (open > 0 && AddressText.IsAddress(word[..open]))
        {
            fields.SetSlice(LineField.Client, at, open);
            var next = word.IndexOf("):"u8);
            if (next > 0 && next + 2 < length)
                ReadWord(line, at + next + 2, length - next - 2, fields);
            return;
        }
        if (word[0] == '[')
        {
            var close = word.IndexOf((byte)']');
            if (close > 1 && !fields.Has(LineField.Session))
                fields.SetSlice(LineField.Session, at + 1, close - 1);
            return;
        }
        var sign = word.IndexOf((byte)'@');
        if (sign > 0)
        {
            fields.SetSlice(LineField.Principal, at, sign);
            fields.SetSlice(LineField.User, at, sign);
            var bracket = word.IndexOf(":["u8);
            if (bracket > 0)
                ReadWord(line, at + bracket + 1, length - bracket - 1, fields);
        }
        else if (AddressText.IsAddress(word) && word.IndexOfAny("."u8) > 0)
        {
            fields.SetSlice(LineField.Client, at, length);
        }
    }

    private static void ReadNamed(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, int start, int length, LineFields fields)
    {
        var value = line.Slice(start, length);
        if (value.IsEmpty || value[0] == '[')
            return;
        if (name.SequenceEqual("user"u8))
        {
            fields.SetSlice(LineField.Principal, start, length);
            fields.SetSlice(LineField.User, start, length);
        }
        else if (name.SequenceEqual("client"u8) || name.SequenceEqual("host"u8) || name.SequenceEqual("remote"u8))
        {
            var open = value.IndexOf((byte)'(');
            fields.SetSlice(LineField.Client, start, open > 0 ? open : length);
        }
        else if (name.SequenceEqual("session"u8))
        {
            fields.SetSlice(LineField.Session, start, length);
        }
    }
}
