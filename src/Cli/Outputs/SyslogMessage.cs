using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

/// <summary>
/// <c>&lt;PRI&gt;1 TIME HOST whosaw - ID [whosaw@32473 …] TEXT</c> of RFC 5424. 32473 is the enterprise number of
/// examples (RFC 5612): a private one is nobody's here.
/// </summary>
internal static class SyslogMessage
{
    // log audit
    private const int Facility = 13;

    // what every receiver takes by UDP (RFC 5426, 3.2)
    private const int LongestDatagram = 2048;

    public static byte[] Write(RaisedFinding raised, bool isDatagram)
    {
        var finding = raised.Finding;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"<{Facility * 8 + PriorityOf(finding.Severity)}>1 ");
        head.Append(CultureInfo.InvariantCulture, $"{finding.Raised} {HostName()} whosaw - {finding.Kind} ");
        head.Append("[whosaw@32473");
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                head.Append(CultureInfo.InvariantCulture, $" {name}=\"{Escaped(value)}\"");
        }
        Add("id", finding.Id);
        Add("detector", finding.Detector);
        Add("severity", finding.Severity.ToString().ToLowerInvariant());
        Add("activity", finding.Withdrawn is not null ? "close" : raised.IsKnown ? "update" : "create");
        Add("withdrawn", finding.Withdrawn);
        Add("first", finding.First.ToString());
        Add("last", finding.Last.ToString());
        Add("accounts", raised.Accounts?.ToString(CultureInfo.InvariantCulture));
        Add("views", raised.Views?.ToString(CultureInfo.InvariantCulture));
        Add("technique", finding.Technique);
        head.Append("] ");
        var start = Encoding.UTF8.GetBytes(head.ToString());
        byte[] text = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(OneLine(finding.Withdrawn is { } reason
            ? $"Withdrawn: {finding.Title}. {reason}." : $"{finding.Title}. {finding.Why}"))];
        return [.. start, .. isDatagram ? text.AsSpan(0, Cut(text, LongestDatagram - start.Length)) : text];
    }

    /// <summary>How much of a text fits, without half a character at its end.</summary>
    private static int Cut(byte[] text, int room)
    {
        if (text.Length <= room)
            return text.Length;
        var end = Math.Max(0, room);
        while (end > 0 && (text[end] & 0xC0) == 0x80)
            end--;
        return end;
    }

    private static int PriorityOf(Severity severity) => severity switch
    {
        Severity.Critical => 2,
        Severity.High => 3,
        Severity.Medium => 4,
        Severity.Low => 5,
        _ => 6,
    };

    private static string Escaped(string value) => OneLine(value)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal);

    private static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string HostName()
    {
        var name = string.Concat(Environment.MachineName.Where(c => c is > ' ' and < (char)127));
        return name.Length == 0 ? "-" : name[..Math.Min(name.Length, 255)];
    }
}
