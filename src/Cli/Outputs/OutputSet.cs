using System.Text;

namespace WhoSaw.Cli.Outputs;

/// <summary>
/// All outputs of a run. Each gets every finding that is severe enough; one that fails does not keep it from the
/// others, and what it said is told in the end.
/// </summary>
internal sealed class OutputSet : IDisposable
{
    private readonly List<(OutputOptions Options, FindingOutput Output)> _outputs = [];

    private OutputSet()
    {
    }

    public bool IsEmpty => _outputs.Count == 0;

    /// <summary>How many findings each of them takes at once.</summary>
    public int Most => _outputs.Min(output => output.Output.Most);

    /// <summary>Waits until all of them may send again.</summary>
    public Task Ready(CancellationToken stop) => Task.WhenAll(_outputs.Select(output => output.Output.Ready(stop)));

    /// <summary>Null, with sentences, when a secret is not to be had or a file cannot be written.</summary>
    public static (OutputSet? Outputs, IReadOnlyList<string> Faults) Open(
        IReadOnlyList<OutputOptions> options, TimeProvider clock)
    {
        var (set, faults) = (new OutputSet(), new List<string>());
        foreach (var each in options)
        {
            FindingOutput output;
            switch (each.Kind)
            {
                case OutputKind.Webhook or OutputKind.Mail:
                    if (OutputSecret.Read(each, out var fault) is not { } secret)
                    {
                        faults.Add(fault);
                        continue;
                    }
                    output = each.Kind == OutputKind.Webhook ? new WebhookOutput(each, secret, clock)
                        : new MailOutput(each, Encoding.UTF8.GetString(secret), clock);
                    break;
                case OutputKind.Syslog:
                    output = new SyslogOutput(each);
                    break;
                default:
                    if (!Directory.Exists(Path.GetDirectoryName(each.Path)) || Directory.Exists(each.Path))
                    {
                        faults.Add($"{each.Path} cannot be written: there is no such folder, or it is one");
                        continue;
                    }
                    output = new FileOutput(
                        each.Path, each.Kind == OutputKind.Ocsf ? OcsfEvent.Write : finding => finding.ToJson());
                    break;
            }
            set._outputs.Add((each, output));
        }
        if (faults.Count == 0)
            return (set, []);
        set.Dispose();
        return (null, faults);
    }

    /// <summary>Hands the findings to each output, in their order; a sentence for each output that failed.</summary>
    public async Task<IReadOnlyList<string>> Send(IReadOnlyList<RaisedFinding> findings, CancellationToken stop)
    {
        var faults = await Task.WhenAll(_outputs.Select(output => Send(output, findings, stop)));
        return [.. faults.OfType<string>()];
    }

    public void Dispose()
    {
        foreach (var (_, output) in _outputs)
            output.Dispose();
    }

    /// <summary>One that is away is away for all: the first that is not taken ends it.</summary>
    private static async Task<string?> Send(
        (OutputOptions Options, FindingOutput Output) output, IReadOnlyList<RaisedFinding> findings,
        CancellationToken stop)
    {
        var wanted = findings.Where(finding => finding.Finding.Severity >= output.Options.Least).ToList();
        for (var sent = 0; sent < wanted.Count; sent += output.Output.Most)
        {
            try
            {
                await output.Output.Ready(stop);
                await output.Output.SendTogether([.. wanted.Skip(sent).Take(output.Output.Most)], stop);
            }
            catch (OutputException fault)
            {
                var left = wanted.Count - sent;
                return left == 1 ? fault.Message + "." : $"{fault.Message}; {left} findings were not sent.";
            }
        }
        return null;
    }
}
