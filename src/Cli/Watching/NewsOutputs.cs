using WhoSaw.Cli.Outputs;

namespace WhoSaw.Cli.Watching;

/// <summary>The ways out of a watch: what the configuration names, and JSON lines where they are asked for.</summary>
internal sealed class NewsOutputs : IDisposable
{
    private readonly List<OutputSet> _sets = [];
    private readonly List<NewsOutput> _all = [];
    private readonly Host _host;

    private NewsOutputs(Host host) => _host = host;

    public IReadOnlyList<NewsOutput> All => _all;

    /// <summary>Null, with sentences, when a secret is not to be had or a file cannot be written.</summary>
    public static (NewsOutputs? Outputs, IReadOnlyList<string> Faults) Open(
        IReadOnlyList<OutputOptions> options, string? json, Host host)
    {
        var outputs = new NewsOutputs(host);
        var faults = new List<string>();
        foreach (var each in options)
        {
            // A set for each: one that is away must not make the others hear twice.
            var (set, problems) = OutputSet.Open([each], host.Clock);
            faults.AddRange(problems);
            if (set is null)
                continue;
            outputs._sets.Add(set);
            outputs._all.Add(new NewsOutput(
                $"{each.Kind} {each.Name} {outputs._all.Count}", (news, stop) => outputs.Send(set, news, stop))
            {
                Most = set.Most,
                Ready = set.Ready,
            });
        }
        if (json is not null)
            outputs._all.Add(new NewsOutput("json", (news, _) => Task.FromResult(Append(json, host, news[0]))));
        if (faults.Count == 0)
            return (outputs, []);
        outputs.Dispose();
        return (null, faults);
    }

    public void Dispose() => _sets.ForEach(set => set.Dispose());

    private async Task<bool> Send(OutputSet set, IReadOnlyList<FindingNews> news, CancellationToken stop)
    {
        var faults = await set.Send(
            [.. news.Select(each => new RaisedFinding(
                each.Finding, each.News != News.Raised, each.Accounts, each.Views))], stop);
        foreach (var fault in faults)
            _host.Error.WriteLine($"whosaw: {fault} It is sent again.");
        return faults.Count == 0;
    }

    private static bool Append(string path, Host host, FindingNews news)
    {
        byte[] line = [.. news.ToJson(), (byte)'\n'];
        try
        {
            // Opened for each line, so that the file may be rotated.
            using var output = path == "-" ? host.OpenOutput()
                : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            output.Write(line);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
