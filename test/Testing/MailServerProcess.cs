using System.Diagnostics;
using System.Globalization;

namespace WhoSaw.Testing;

/// <summary>
/// A real SMTP server (Debian's python3-aiosmtpd) on loopback that refuses, delays and drops at random. Its log is
/// what a mail server's log is: a line for each message that it took.
/// </summary>
public sealed class MailServerProcess : IDisposable
{
    public const string Missing = "there is no SMTP server to test with: install python3-aiosmtpd";
    private readonly Process _process;

    private MailServerProcess(Process process, string log, int port) => (_process, Log, Port) = (process, log, port);

    public string Log { get; }
    public int Port { get; }

    /// <summary>Null where no Python with aiosmtpd is installed.</summary>
    /// <param name="certificate">A PEM file with its key, for TLS.</param>
    /// <param name="security">From the beginning (<c>tls</c>) or after <c>starttls</c>.</param>
    public static MailServerProcess? Start(
        string log, int seed = 1, double refuse = 0, double defer = 0, double drop = 0, int delayMilliseconds = 0,
        string? certificate = null, string security = "tls")
    {
        var script = Path.Combine(RepositoryFolder.Path, "test", "Incidents.Tests", "Delivery", "smtp_server.py");
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            if (python[0] == '/' && !File.Exists(python))
                continue;
            var process = Process.Start(new ProcessStartInfo(python,
            [
                script, log, Text(seed), Text(refuse), Text(defer), Text(drop), Text(delayMilliseconds),
                .. certificate is null ? (string[])[] : [certificate, security],
            ])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (int.TryParse(process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out var port))
                return new MailServerProcess(process, log, port);
            process.Dispose();
        }
        return null;
    }

    /// <summary>The messages that it took, as they came, one after the other.</summary>
    public string Letters => File.ReadAllText(Log + ".letters");

    /// <summary>Who got how many messages, by the server's own log.</summary>
    public IReadOnlyDictionary<string, int> Taken() => File.Exists(Log)
        ? File.ReadLines(Log).GroupBy(line => line.Split(' ')[0])
            .ToDictionary(group => group.Key, group => group.Count())
        : new Dictionary<string, int>();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
