using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Scanning;

/// <summary>Keeps the logs of a run as they were read: <c>--keep-originals</c>.</summary>
internal static class OriginalLogs
{
    /// <summary>A sentence for each that could not be kept.</summary>
    public static IEnumerable<string> Keep(
        LedgerWriter ledger, InputPlan inputs, IEnumerable<(InputFile File, SourceEntry Entry)> sources)
    {
        var notices = new List<string>();
        foreach (var (file, entry) in sources)
        {
            if (file.Path == InputFile.StandardInput)
            {
                notices.Add("Standard input cannot be read twice: it is not kept as it was read.");
                continue;
            }
            try
            {
                // Of a compressed log no part can be kept by itself.
                var read = inputs.Heads.GetValueOrDefault(file.Path) is { IsWhole: true } ? 0 : file.Skip;
                if (!ledger.KeepOriginal(entry, () => SourceStreams.Open(file.Path), read))
                    notices.Add($"{file.Display} is no longer as it was read, and is not kept.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                notices.Add($"{file.Display} is not kept: {exception.Message}");
            }
        }
        return notices;
    }
}
