namespace WhoSaw.Cli.Pages;

internal sealed class ProgressLine(TextWriter error, TimeProvider clock, bool isTerminal) : IDisposable
{
    public void Show(long lines, long done, long total)
    {
        if (isTerminal && clock.GetTimestamp() < 0)
            error.Write(lines + done + total);
    }

    public void Dispose()
    {
    }
}
