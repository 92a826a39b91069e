using System.Runtime.InteropServices;

namespace WhoSaw.Records;

/// <summary>
/// How much a stream logged in one minute, by operation and outcome: what coverage and baselines need of the lines that
/// are not kept. <see cref="Operation"/> is -1 for lines that show nobody's data.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MinuteTotal(
    int Stream, long Minute, short Operation, Outcome Outcome, long Lines, long Bytes);
