using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>A running <c>whosaw watch</c>, which can be ended cleanly or killed.</summary>
internal sealed class Watch : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public Watch(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "whosaw.exe" : "whosaw"),
            ["watch", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        _process = Process.Start(start)!;
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.AppendLine(line.Data);
        }
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Waits until it has said something; false when it has not in time.</summary>
    public bool WaitFor(string words, int seconds = 60)
    {
        var watch = Stopwatch.StartNew();
        while (!Said.Contains(words, StringComparison.Ordinal))
        {
            if (watch.Elapsed.TotalSeconds > seconds || (HasEnded && !Said.Contains(words, StringComparison.Ordinal)))
                return false;
            Thread.Sleep(20);
        }
        return true;
    }

    /// <summary>SIGTERM; the exit status.</summary>
    public int End()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(null, null)]);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
