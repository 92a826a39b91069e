using System.Globalization;
using WhoSaw.Cli.Pages;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>What a watch says to people at a terminal: a line for each news, and few others.</summary>
internal sealed class WatchLines(TextWriter output, TextWriter error, TimeZoneInfo zone, TimeProvider clock)
{
    public void Began(int files, int streams, int again) => Say(
        string.Create(CultureInfo.InvariantCulture, $"watching {files:N0} files of {streams:N0} streams")
        + (again > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {again:N0} findings stand from before") : ""));

    public void Tell(Finding finding, News news)
    {
        var label = news switch
        {
            News.Raised => finding.Severity.ToString().ToUpperInvariant(),
            News.Grown => "GROWN",
            News.Changed => "CHANGED",
            _ => "WITHDRAWN",
        };
        Say($"{label}  {finding.Id}  {CellText.Clean(finding.Title)}");
        if (news == News.Withdrawn)
            output.WriteLine("                     " + finding.Withdrawn);
        else
            output.WriteLine("                     " + CellText.Clean(finding.Why));
        output.Flush();
    }

    public void Size(Finding finding, long accounts, long views) => Say(string.Create(
        CultureInfo.InvariantCulture, $"GROWN  {finding.Id}  {accounts:N0} accounts, {views:N0} views by now"));

    public void Notice(string sentence) => error.WriteLine("whosaw: " + sentence);

    public void Ended(long lines, long findings) => Say(string.Create(
        CultureInfo.InvariantCulture, $"ended; {lines:N0} lines in this watch, {findings:N0} findings stand"));

    private void Say(string text)
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        output.WriteLine(now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "  " + text);
        output.Flush();
    }
}
