using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// What stands before the time of a common log line: <c>[host[:port]] client[, client…] ident user</c>.
/// </summary>
internal static class ClfPrefix
{
    public static void Parse(ReadOnlySpan<byte> line, int end, LineFields fields)
    {
        while (end > 0 && line[end - 1] == ' ')
            end--;
        var start = AfterSyslog(line[..end]);
        var text = line[start..end];
        var dash = text.IndexOf(" - "u8);
        if (dash >= 0)
        {
            Clients(line, start, start + dash, fields);
            User(line, start + dash + 3, end, fields);
        }
        else if (text.EndsWith(" -"u8))
        {
            ClientAndIdent(line, start, end - 2, fields);
        }
        else
        {
            var user = text.LastIndexOf((byte)' ');
            var ident = user < 0 ? -1 : text[..user].LastIndexOf((byte)' ');
            Clients(line, start, ident < 0 ? end : start + ident, fields);
            if (ident >= 0)
                User(line, start + user + 1, end, fields);
        }
    }

    /// <summary>A syslog header ends at a colon and a space (<c>nginx: </c>).</summary>
    private static int AfterSyslog(ReadOnlySpan<byte> text)
    {
        var tag = text.LastIndexOf(": "u8);
        return tag > 0 && !text[(tag + 2)..].StartsWith("-"u8) && text[..tag].IndexOf((byte)' ') > 0 ? tag + 2 : 0;
    }

    private static void User(ReadOnlySpan<byte> line, int start, int end, LineFields fields)
    {
        // nginx ingress up to 0.25 logs the forwarded addresses in brackets before the user
        if (start < end && line[start] == '[')
        {
            var close = line[start..end].IndexOf("] - "u8);
            if (close >= 0)
            {
                if (close > 1)
                    fields.SetSlice(LineField.Forwarded, start + 1, close - 1);
                start += close + 4;
            }
        }
        QuotedText.Set(fields, LineField.User, line, start, end - start, true);
    }

    private static void ClientAndIdent(ReadOnlySpan<byte> line, int start, int end, LineFields fields)
    {
        var text = line[start..end];
        var space = text.IndexOf((byte)' ');
        var named = space > 0 && text.IndexOf((byte)',') < 0 && AddressText.IsAddress(text[..space])
            && !AddressText.IsAddress(text[(space + 1)..]);
        Clients(line, start, named ? start + space : end, fields);
    }

    private static void Clients(ReadOnlySpan<byte> line, int start, int end, LineFields fields)
    {
        var text = line[start..end];
        var space = text.IndexOf((byte)' ');
        if (space > 0 && text[space - 1] != ',' && text[0] != '"')
            start += space + 1;
        while (start < end && line[start] == ' ')
            start++;
        ClientList.Set(fields, line, start, end - start);
        if (start >= end || line[start] != '"' || !fields.Has(LineField.Forwarded))
            return;
        var close = line[(start + 1)..end].IndexOf((byte)'"');
        if (close > 0)
            fields.SetSlice(LineField.Forwarded, start + 1, close);
    }
}
