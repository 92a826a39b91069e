using System.Globalization;
using System.IO.Compression;
using System.Text;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tests.Tailing;

/// <summary>
/// A folder of growing logs and the watch over it. Line <c>n</c> shows the data of subject <c>n</c>, so that what came
/// out tells which lines were read, and in which order.
/// </summary>
internal sealed class Followed : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AccessBatch _batch = new();
    private readonly List<SourceOptions> _sources;
    private Catalog _catalog = null!;
    private LogTail _tail;

    public Followed(params (string Id, string Path)[] sources)
    {
        _sources = [.. sources.Select(source => new SourceOptions
        {
            Id = source.Id,
            Path = source.Path,
            Format = "combined",
            Kind = source.Id == "issuer" ? SourceKind.Issuer : SourceKind.Access,
        })];
        _tail = Open([], null);
    }

    public HandClock Clock { get; } = new();
    public List<long> Subjects { get; } = [];
    public List<long> Again { get; } = [];
    public List<string> Notices { get; } = [];
    public int Rejects { get; private set; }
    public LogTail Tail => _tail;

    public static string Line(int number, double second = -1, string client = "192.0.2.1")
    {
        var time = new DateTime(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc).AddSeconds(second < 0 ? number : second);
        return string.Create(CultureInfo.InvariantCulture,
            $"{client} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /members/{number} HTTP/1.1\" 200 1 \"-\" \"a\"\n");
    }

    public static string Lines(int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(number => Line(number)));

    public string At(string name) => _folder.At(name);

    public void Append(string name, string text) => File.AppendAllText(At(name), text);

    public void Rename(string from, string to) => File.Move(At(from), At(to));

    public void Compress(string from, string to)
    {
        using (var input = File.OpenRead(At(from)))
        using (var output = new GZipStream(File.Create(At(to)), CompressionLevel.Fastest))
            input.CopyTo(output);
        File.Delete(At(from));
    }

    /// <summary>Lets time pass in small steps, and takes what comes.</summary>
    public void Follow(double seconds = 1)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.1)
        {
            Clock.Pass(0.1);
            Step();
        }
    }

    /// <summary>One look and one batch: what is there may not be through.</summary>
    public void StepOnce()
    {
        _tail.Read();
        if (_tail.Fill(_batch))
            for (var row = 0; row < _batch.Count; row++)
                Subjects.Add(_batch.Subject[row].Value);
    }

    /// <summary>A commit: what it would keep.</summary>
    public (IReadOnlyList<TailPosition> Positions, IReadOnlyList<TailReading> Readings) Commit()
    {
        _tail.Settle();
        var readings = _tail.TakeReadings();
        return (_tail.Positions(), readings);
    }

    /// <summary>A crash after that commit: what came later was never seen.</summary>
    public void Restart(IReadOnlyList<TailPosition> positions, IReadOnlyDictionary<string, long>? replayFrom = null)
    {
        _tail.Dispose();
        _tail = Open(positions, replayFrom);
    }

    public void Step()
    {
        for (var reads = 0; reads < 200; reads++)
        {
            var came = _tail.Read();
            var went = false;
            while (true)
            {
                var again = _tail.IsReplaying;
                if (!_tail.Fill(_batch))
                    break;
                went = true;
                for (var row = 0; row < _batch.Count; row++)
                    (again ? Again : Subjects).Add(_batch.Subject[row].Value);
            }
            if (!came && !went)
                break;
        }
        Notices.AddRange(_tail.TakeNotices());
    }

    public void Dispose()
    {
        _tail.Dispose();
        _folder.Dispose();
    }

    private LogTail Open(IReadOnlyList<TailPosition> positions, IReadOnlyDictionary<string, long>? replayFrom)
    {
        var routes = new[]
        {
            new RouteOptions { Method = "GET", Template = "/members/{subject}", Name = "profile" },
        };
        _catalog = new Catalog(routes.Select(route => route.ToOperation()));
        return new LogTail(
            _catalog, new TailPlan(_sources, _folder.Path, positions, replayFrom, (_, _) => 0), new RouteTable(routes),
            new Fingerprint(Encoding.ASCII.GetBytes("0123456789abcdef")), new IntakeOptions { Threads = 1 },
            new TailOptions(), Clock, (_, _, _, _) => Rejects++);
    }
}
