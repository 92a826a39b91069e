using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace WhoSaw.Bench.Measuring;

/// <summary>What one run of a command took.</summary>
/// <param name="CpuSeconds">User and system time of the process and its threads.</param>
/// <param name="PeakBytes">The most memory that it held (VmHWM), read every few milliseconds.</param>
public sealed record RunCost(int ExitCode, double WallSeconds, double CpuSeconds, long PeakBytes, string Output);

/// <summary>Runs a command to its end and measures it. Linux only; one run at a time.</summary>
public static class ChildRun
{
    private const int Children = -1;

    public static RunCost Measure(string program, params IReadOnlyList<string> arguments)
    {
        // the shell gives it no standard input, which some peers would otherwise read; exec keeps one process
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", "exec \"$@\" </dev/null", "sh", program },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var before = ChildCpuSeconds();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(5))
            peak = Math.Max(peak, PeakOf(process.Id));
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit();
        var text = output.Result + errors.Result;
        return new RunCost(process.ExitCode, wall, ChildCpuSeconds() - before, peak, text);
    }

    private static long PeakOf(int process)
    {
        var path = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status";
        try
        {
            foreach (var line in File.ReadLines(path))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    // VmHWM:     12345 kB
                    return 1024 * long.Parse(line.AsSpan(6, line.Length - 9), NumberStyles.Any, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // it ended between two looks
        }
        return 0;
    }

    private static double ChildCpuSeconds()
    {
        if (getrusage(Children, out var usage) != 0)
            throw new InvalidOperationException("the system does not say what its processes used");
        return usage.UserSeconds + usage.SystemSeconds + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6;
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int getrusage(int who, out ResourceUsage usage);

    // struct rusage of a 64-bit Linux: two timevals and fourteen longs
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct ResourceUsage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
