using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace WhoSaw.Bench.Watching;

/// <summary>
/// Two gateways and an issuer that write at a steady rate and rotate all together. Twice a second a line with a retired
/// key of its own: each is a finding of its own, whose way to the receiver can be timed.
/// </summary>
internal sealed class PacedShop(string folder, int rate, double rotateEvery, bool copies)
{
    public const int Probes = 2000;
    private static readonly string[] Names = ["gw1.log", "gw2.log", "issuer.log"];
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(7);
    private readonly Dictionary<string, StringBuilder> _pending =
        Names.ToDictionary(name => name, _ => new StringBuilder());
    private readonly List<(string Session, int Account)> _sessions = [];
    private int _rotations;
    private int _probes;

    public long Lines { get; private set; }

    /// <summary>When the line of a key was in the file, as a timestamp of the stopwatch.</summary>
    public ConcurrentDictionary<string, long> Written { get; } = new(StringComparer.Ordinal);

    public static void WriteConfiguration(string folder, string webhook)
    {
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        File.WriteAllText(Path.Combine(folder, "whosaw.yaml"), $$"""
            version: 1
            sources:
              - id: web
                kind: access
                path: 'logs/gw{stream}.log*'
                format: json
                fields:
                  {time: ts, client: ip, target: uri, method: m, status: st, credential: sid, account: uid, key: kid}
              - id: issuer
                kind: issuer
                path: 'logs/issuer.log*'
                format: json
                fields: {time: ts, credential: sid, account: uid, key: kid}
            routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]
            accounts: accounts.csv
            keys: keys.csv
            {{webhook}}

            """);
        File.WriteAllText(
            Path.Combine(folder, "accounts.csv"), "account,status\n" + string.Concat(Enumerable.Range(1, 20_000)
                .Select(account => $"{account},active\n")));
        File.WriteAllText(
            Path.Combine(folder, "keys.csv"), "key,created,retired,holder,left\n" + string.Concat(Enumerable
                .Range(0, Probes).Select(key => $"probe-{key},2020-01-01,2024-01-01,eng,\n")));
    }

    /// <summary>Writes for so long.</summary>
    /// <param name="eachStep">Called about a hundred times a second, with the seconds passed.</param>
    public void Run(double seconds, Action<double> eachStep)
    {
        var began = Stopwatch.GetTimestamp();
        var start = DateTime.UnixEpoch.AddSeconds(1_744_621_200);
        var (nextRotation, nextProbe) = (rotateEvery, 0.5);
        foreach (var name in Names)
            File.AppendAllText(PathOf(name), "");
        while (Stopwatch.GetElapsedTime(began).TotalSeconds is var passed && passed < seconds)
        {
            for (var wanted = (long)(passed * rate); Lines < wanted; Lines++)
                Make(start, Lines);
            string? probe = null;
            if (passed >= nextProbe && _probes < Probes)
            {
                nextProbe += 0.5;
                probe = $"probe-{_probes++}";
                Add("gw1.log", TimeOf(start, Lines++), "GET", "/home", $"p{_probes}", 7, probe, 9);
            }
            Flush();
            if (probe is not null)
                Written[probe] = Stopwatch.GetTimestamp();
            if (passed >= nextRotation)
            {
                nextRotation += rotateEvery;
                Rotate();
            }
            eachStep(passed);
            Thread.Sleep(Step);
        }
    }

    private void Flush()
    {
        foreach (var name in Names.Reverse())
        {
            using var file = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Encoding.UTF8.GetBytes(_pending[name].ToString()));
            _pending[name].Clear();
        }
    }

    private void Rotate()
    {
        _rotations++;
        foreach (var name in Names)
        {
            var old = PathOf(string.Create(CultureInfo.InvariantCulture, $"{name}.{_rotations:D4}"));
            if (copies)
                File.Copy(PathOf(name), old);
            else
                File.Move(PathOf(name), old);
            File.WriteAllText(PathOf(name), "");
        }
    }

    private void Make(DateTime start, long number)
    {
        var time = TimeOf(start, number);
        var gateway = Names[number % 2];
        if (number % 200 == 0)
        {
            var (session, account) = ($"s{number}", _random.Next(1, 20_000));
            _sessions.Add((session, account));
            if (_sessions.Count > 500)
                _sessions.RemoveAt(0);
            _pending["issuer.log"].Append(CultureInfo.InvariantCulture,
                $"{{\"ts\":\"{time}\",\"sid\":\"{session}\",\"uid\":\"{account}\",\"kid\":\"k1\"}}\n");
            Add(gateway, time, "POST", "/login", session, account, "k1", account);
        }
        else if (number % 49_999 == 0)
        {
            Add("gw1.log", time, "GET", $"/members/{_random.Next(1, 20_000)}", $"forged{number}", 7, "k1", 8);
        }
        else
        {
            var (session, account) = _sessions[_random.Next(_sessions.Count)];
            var target = number % 7 == 0 ? $"/members/{account}" : "/api/products/list?page=3&sort=price&category=home";
            Add(gateway, time, "GET", target, session, account, "k1", account);
        }
    }

    private static string TimeOf(DateTime start, long number) =>
        start.AddMicroseconds(number * 20).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private void Add(
        string file, string time, string method, string target, string session, int account, string key, int client) =>
        _pending[file].Append(CultureInfo.InvariantCulture,
            $"{{\"ts\":\"{time}\",\"ip\":\"192.0.2.{client % 250}\",\"m\":\"{method}\",\"uri\":\"{target}\",")
            .Append(CultureInfo.InvariantCulture,
                $"\"st\":200,\"sid\":\"{session}\",\"uid\":\"{account}\",\"kid\":\"{key}\"}}\n");

    private string PathOf(string name) => Path.Combine(folder, "logs", name);
}
