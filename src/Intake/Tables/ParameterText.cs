using System.Buffers.Text;

namespace WhoSaw.Intake.Tables;

/// <summary>
/// The values of bound parameters as logs write them: <c>$1 = '7', $2 = 'x'</c> (PostgreSQL), a list of CSV
/// (pgAudit), a JSON array.
/// </summary>
internal static class ParameterText
{
    /// <summary>Where parameter N, from 1, stands; false when it cannot be read without undoing escapes.</summary>
    public static bool TryFind(ReadOnlySpan<byte> parameters, int number, out int start, out int length)
    {
        (start, length) = (0, 0);
        if (parameters.IsEmpty)
            return false;
        if (parameters[0] == '$')
            return TryNumbered(parameters, number, out start, out length);
        var isJson = parameters[0] == '[';
        var at = isJson ? 1 : 0;
        for (var place = 1; at < parameters.Length; place++)
        {
            if (!TryItem(parameters, ref at, isJson, out start, out length))
                return false;
            if (place == number)
                return true;
        }
        return false;
    }

    private static bool TryNumbered(ReadOnlySpan<byte> parameters, int number, out int start, out int length)
    {
        (start, length) = (0, 0);
        for (var at = 0; at < parameters.Length;)
        {
            if (parameters[at] != '$' || !Utf8Parser.TryParse(parameters[(at + 1)..], out int found, out var digits))
                return false;
            at += 1 + digits;
            if (!parameters[at..].StartsWith(" = "u8))
                return false;
            at += 3;
            if (!TryItem(parameters, ref at, isJson: false, out start, out length))
                return false;
            if (found == number)
                return true;
            while (at < parameters.Length && parameters[at] == ' ')
                at++;
        }
        return false;
    }

    /// <summary>One value, and the comma behind it.</summary>
    private static bool TryItem(
        ReadOnlySpan<byte> text, ref int at, bool isJson, out int start, out int length)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        start = at;
        length = 0;
        if (at < text.Length && text[at] is (byte)'"' or (byte)'\'')
        {
            var quote = text[at];
            start++;
            length = text[start..].IndexOf(quote);
            if (length < 0)
                return false;
            at = start + length + 1;
            // an escape: what it means is not what stands here
            if (at < text.Length && text[at] == quote || text.Slice(start, length).IndexOf((byte)'\\') >= 0)
                return false;
            return Pass(text, ref at, isJson);
        }
        var end = text[at..].IndexOfAny((byte)',', isJson ? (byte)']' : (byte)',');
        length = end < 0 ? text.Length - at : end;
        at += length;
        var value = text.Slice(start, length).TrimEnd((byte)' ');
        length = value.SequenceEqual("NULL"u8) || value.SequenceEqual("null"u8) || value.SequenceEqual("<null>"u8)
            ? 0 : value.Length;
        return Pass(text, ref at, isJson);
    }

    private static bool Pass(ReadOnlySpan<byte> text, ref int at, bool isJson)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        if (at == text.Length)
            return true;
        if (text[at] != ',' && !(isJson && text[at] == ']'))
            return false;
        at++;
        return true;
    }
}
