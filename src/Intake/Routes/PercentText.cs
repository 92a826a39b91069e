namespace WhoSaw.Intake.Routes;

/// <summary>
/// Percent-encoding (RFC 3986, section 2.1). What is not two hexadecimal digits after a '%' stays as it is.
/// </summary>
internal static class PercentText
{
    /// <summary>
    /// Undoes the encoding; returns the length. May write over its input. With <paramref name="keepSeparators"/> an
    /// encoded '/', '\' or '%' stays encoded (its digits in capitals), so that it neither parts a segment nor is undone
    /// twice.
    /// </summary>
    public static int Decode(
        ReadOnlySpan<byte> text, Span<byte> to, bool keepSeparators = false, bool plusIsBlank = false)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '+' && plusIsBlank)
                character = (byte)' ';
            else if (character == '%' && TryHex(text[i..], out var value))
            {
                i += 2;
                if (keepSeparators && value is (byte)'/' or (byte)'\\' or (byte)'%')
                {
                    to[written++] = (byte)'%';
                    to[written++] = Digit(value >> 4);
                    to[written++] = Digit(value & 15);
                    continue;
                }
                character = value;
            }
            to[written++] = character;
        }
        return written;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3)
            return false;
        var (high, low) = (Value(text[1]), Value(text[2]));
        if ((high | low) < 0)
            return false;
        value = (byte)(high << 4 | low);
        return true;
    }

    private static int Value(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
