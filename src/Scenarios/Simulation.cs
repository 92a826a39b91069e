using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Worlds;
using WhoSaw.Scenarios.Writing;
using WhoSaw.Scenarios.Writing.Gzip;

namespace WhoSaw.Scenarios;

/// <summary>What was written.</summary>
/// <param name="GatewayLines">Lines of the gateway, without those that a dead node kept none of.</param>
/// <param name="CrimeRequests">Requests of the crime among them, lost ones too.</param>
public sealed record SimulationTotals(
    long GatewayLines, long IssuerLines, long OtherLines, long CrimeRequests, long AccountsExposed);

/// <summary>
/// Writes a world's logs, its directories and the truth about it. The same options give the same bytes, for any
/// number of threads: each file is written by one thread, from numbers that depend on nothing but the options.
/// </summary>
public sealed class Simulation
{
    private const int IssuerDaysBefore = SessionRules.LongestDays;

    private readonly ScenarioOptions _options;
    private readonly World _world;
    private readonly CrimePlan _plan;
    private readonly Func<string, Stream> _open;
    private long _gatewayLines;
    private long _issuerLines;
    private long _otherLines;

    /// <param name="options">Without faults; <see cref="ScenarioOptions.Faults"/> says so.</param>
    /// <param name="open">
    /// Gives an empty file for a path with slashes, such as <c>logs/gateway/gw1-20250411.log.gz</c>. Called from
    /// several threads.
    /// </param>
    public Simulation(ScenarioOptions options, Func<string, Stream> open)
    {
        if (options.Faults() is [var fault, ..])
            throw new ArgumentException(fault, nameof(options));
        (_options, _open) = (options, open);
        _world = new World(options);
        _plan = new CrimePlan(_world);
    }

    /// <summary>Called with (files written, files in all), from several threads.</summary>
    public Action<int, int>? Progress { get; set; }

    public SimulationTotals Write(int threads)
    {
        ScenarioCatalog.Find(_options.Scenario)!.Create?.Invoke(_world, _plan).Commit();
        _plan.Close();
        var work = Files().ToList();
        var done = 0;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                file =>
                {
                    file();
                    Progress?.Invoke(Interlocked.Increment(ref done), work.Count);
                });
        }
        catch (AggregateException faults)
        {
            // a full disk is a full disk, however many threads met it
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
        using (var truth = _open("truth.json"))
            TruthFiles.Write(truth, _world, _plan, _gatewayLines);
        return new SimulationTotals(
            _gatewayLines, _issuerLines, _otherLines, _plan.Count, _plan.Truth.Accounts);
    }

    /// <summary>Everything but the truth's summary, the long ones first.</summary>
    private IEnumerable<Action> Files()
    {
        var directories = new DirectoryFiles(_world);
        yield return () => directories.WritePeople(_open("people.csv"));
        yield return () => directories.WriteMembers(_open("members.csv"), _plan.OwnerOf);
        for (var day = 0; day < _options.Days; day++)
        {
            var number = day;
            yield return () => Count(ref _gatewayLines, new GatewayDay(_world, _plan).Write(number,
                (node, part) => OpenGzip($"logs/gateway/{_world.Nodes.Names[node]}-{_world.Clock.FileDate(number)}"
                    + (part == 0 ? ".log.gz" : $".{part}.log.gz"))));
        }
        for (var day = -IssuerDaysBefore; day < _options.Days && _options.WithIssuer; day++)
        {
            var number = day;
            yield return () => Count(ref _issuerLines, new IssuerDay(_world, _plan).Write(
                number, OpenGzip($"logs/issuer/issuer-{_world.Clock.FileDate(number)}.log.gz")));
        }
        foreach (var extra in _plan.Extras)
            yield return () => Count(ref _otherLines, extra.Write(OpenGzip(extra.Path)));
        yield return () => Text("keys.csv", _world.Keys.Write);
        yield return () => Text("whosaw.yaml", file => DirectoryFiles.WriteConfiguration(file, _options, _plan));
        yield return () => Text("truth-exposed.csv", file => TruthFiles.WriteExposed(file, _world, _plan.Truth));
    }

    private static void Count(ref long counter, long lines) => Interlocked.Add(ref counter, lines);

    private void Text(string path, Action<TextWriter> write)
    {
        using var file = new StreamWriter(_open(path), new UTF8Encoding(false)) { NewLine = "\n" };
        write(file);
    }

    private GzipText OpenGzip(string path) => new(_open(path));
}
