namespace WhoSaw.Cli.Outputs;

/// <summary>One line a finding, appended: JSON as <c>--json</c> has it, or OCSF events.</summary>
internal sealed class FileOutput(string path, Func<RaisedFinding, byte[]> write) : FindingOutput
{
    public override async Task Send(RaisedFinding finding, CancellationToken stop)
    {
        try
        {
            // opened for each line, so that the file may be rotated meanwhile
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            byte[] line = [.. write(finding), (byte)'\n'];
            await file.WriteAsync(line, stop);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} cannot be written: {fault.Message}", fault);
        }
    }
}
