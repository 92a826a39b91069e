using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Recognises the columns of an IIS line that no <c>#Fields:</c> line explains. IIS keeps the order of its columns
/// whatever is switched on: date time [site] [machine] [server] method stem query port user client [version] [agent]
/// [cookie] [referrer] [host] status substatus win32 [sent] [received] [taken] [forwarded].
/// </summary>
internal static class IisLayout
{
    public static bool TryFind(ReadOnlySpan<byte> line, LineTokens tokens, int count, List<W3cColumn> columns)
    {
        columns.Clear();
        var method = FindMethod(line, tokens, count);
        if (method < 0)
            return false;
        for (var column = 0; column < count; column++)
            columns.Add(W3cColumn.Skip);
        columns[0] = W3cColumn.Date;
        columns[1] = W3cColumn.Time;
        columns[method] = W3cColumn.Method;
        columns[method + 1] = W3cColumn.Stem;
        columns[method + 2] = W3cColumn.Query;
        columns[method + 4] = W3cColumn.User;
        columns[method + 5] = W3cColumn.Client;
        var agent = method + 6;
        if (agent < count && tokens.Text(line, agent).StartsWith("HTTP/"u8))
            agent++;
        var status = FindStatus(line, tokens, agent, count);
        if (status < 0)
        {
            columns.Clear();
            return false;
        }
        columns[status] = W3cColumn.Status;
        if (status > agent)
            columns[agent] = W3cColumn.Agent;
        // between agent and status: referrer; cookie, referrer; cookie, referrer, host
        if (status - agent is 2)
            columns[agent + 1] = W3cColumn.Referrer;
        else if (status - agent is 3 or 4)
            columns[agent + 2] = W3cColumn.Referrer;
        MarkTail(line, tokens, status + 3, count, columns);
        return true;
    }

    /// <summary>
    /// A word of capitals among the first columns, followed by a path, a query, a port, a user and an address.
    /// </summary>
    private static int FindMethod(ReadOnlySpan<byte> line, LineTokens tokens, int count)
    {
        for (var token = 2; token <= 5 && token + 6 < count; token++)
        {
            var text = tokens.Text(line, token);
            if (text.Length is 0 or > 32 || text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') >= 0)
                continue;
            var stem = tokens.Text(line, token + 1);
            if (stem.Length == 0 || stem[0] is not ((byte)'/' or (byte)'*') && stem.IndexOf("://"u8) < 0)
                continue;
            if (DecimalText.TryInteger(tokens.Text(line, token + 3), out _)
                && AddressText.IsAddress(tokens.Text(line, token + 5)))
                return token;
        }
        return -1;
    }

    private static int FindStatus(ReadOnlySpan<byte> line, LineTokens tokens, int agent, int count)
    {
        for (var token = agent; token + 2 < count && token <= agent + 4; token++)
        {
            if (DecimalText.TryInteger(tokens.Text(line, token), out var status) && status is >= 100 and <= 999
                && DecimalText.TryInteger(tokens.Text(line, token + 1), out _)
                && DecimalText.TryInteger(tokens.Text(line, token + 2), out _))
                return token;
        }
        return -1;
    }

    /// <summary>One number: taken. Three: sent, received, taken. Then, perhaps, the forwarded address.</summary>
    private static void MarkTail(
        ReadOnlySpan<byte> line, LineTokens tokens, int tail, int count, List<W3cColumn> columns)
    {
        var numbers = 0;
        while (tail + numbers < count && DecimalText.TryInteger(tokens.Text(line, tail + numbers), out _))
            numbers++;
        if (numbers == 1)
            columns[tail] = W3cColumn.Milliseconds;
        if (numbers == 3)
        {
            columns[tail] = W3cColumn.Bytes;
            columns[tail + 2] = W3cColumn.Milliseconds;
        }
        if (tail + numbers < count && AddressText.IsAddress(tokens.Text(line, tail + numbers)))
            columns[tail + numbers] = W3cColumn.Forwarded;
    }
}
