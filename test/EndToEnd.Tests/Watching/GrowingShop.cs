using System.Globalization;
using System.IO.Compression;
using System.Text;
using WhoSaw.EndToEnd.Tests.Scanning;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>
/// Two gateways and an issuer that write as time goes on, and rotate; every fiftieth line a log-in, now and then a
/// session that nobody issued, under a key that was retired. The same seed, the same lines.
/// </summary>
internal sealed class GrowingShop : IDisposable
{
    private const string Configuration = """
        version: 1
        sources:
          - id: web
            kind: access
            path: 'logs/{stream}.log*'
            format: json
            fields: {time: ts, client: ip, target: uri, method: m, status: st, credential: sid, account: uid, key: kid}
          - id: issuer
            kind: issuer
            path: 'logs/issuer.jsonl*'
            format: json
            fields: {time: ts, credential: sid, account: uid, key: kid}
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]
        accounts: accounts.csv
        keys: keys.csv

        """;

    private static readonly string[] Names = ["gw1.log", "gw2.log", "issuer.jsonl"];
    private readonly Random _random;
    private readonly Dictionary<string, StringBuilder> _unwritten =
        Names.ToDictionary(name => name, _ => new StringBuilder());
    private readonly List<(string Session, int Account)> _sessions = [];
    private readonly DateTime _start = new(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc);
    private int _rotations;

    public GrowingShop(int seed)
    {
        _random = new Random(seed);
        Evidence = new Evidence();
        ConfigurationPath = Evidence.Folder.Write("whosaw.yaml", Configuration);
        Directory.CreateDirectory(Evidence.Folder.At("logs"));
        Evidence.Folder.Write("keys.csv", "key,created,retired,holder,left\n" + string.Concat(Enumerable.Range(0, 20)
            .Select(key => $"old-{key},2020-01-01,2024-01-01,eng,\n")));
        Evidence.Folder.Write("accounts.csv", "account,status\n" + string.Concat(Enumerable.Range(1, 2000)
            .Select(account => $"{account},{(account % 97 == 0 ? "canary" : "active")}\n")));
        foreach (var name in Names)
            File.WriteAllText(PathOf(name), "");
    }

    public Evidence Evidence { get; }
    public string ConfigurationPath { get; }
    public int Written { get; private set; }

    /// <summary>Those of the issuer too.</summary>
    public int AllLines => Written + (Written + 49) / 50;

    /// <summary>Makes so many lines, a tenth of a millisecond of the log apart, and appends them.</summary>
    public void Write(int lines)
    {
        for (var line = 0; line < lines; line++)
            Make(Written++);
        // Part of a line, then the rest: as a buffer that is flushed when it is full.
        foreach (var name in Names.Reverse())
            Append(name, _unwritten[name].ToString());
    }

    public void Rotate(bool copies)
    {
        var number = ++_rotations;
        foreach (var name in Names)
        {
            var (path, old) = (PathOf(name), PathOf($"{name}.{number}"));
            if (copies)
            {
                File.Copy(path, old);
                File.WriteAllText(path, "");
            }
            else
            {
                File.Move(path, old);
                File.WriteAllText(path, "");
            }
            if (number < 2 || !File.Exists(PathOf($"{name}.{number - 1}")))
                continue;
            var before = PathOf($"{name}.{number - 1}");
            using (var input = File.OpenRead(before))
            using (var output = new GZipStream(File.Create(before + ".gz"), CompressionLevel.Fastest))
                input.CopyTo(output);
            File.Delete(before);
        }
    }

    public void Dispose() => Evidence.Dispose();

    private string PathOf(string name) => Evidence.Folder.At(Path.Combine("logs", name));

    private void Append(string name, string text)
    {
        _unwritten[name].Clear();
        using var file = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var bytes = Encoding.UTF8.GetBytes(text);
        file.Write(bytes, 0, bytes.Length / 2);
        file.Flush();
        file.Write(bytes, bytes.Length / 2, bytes.Length - bytes.Length / 2);
    }

    private void Make(int number)
    {
        var time = _start.AddMicroseconds(number * 100L)
            .ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var gateway = Names[number % 2];
        if (number % 50 == 0)
        {
            var (session, account) = ($"s{number}", _random.Next(1, 2000));
            _sessions.Add((session, account));
            if (_sessions.Count > 40)
                _sessions.RemoveAt(0);
            _unwritten["issuer.jsonl"].Append(CultureInfo.InvariantCulture,
                $"{{\"ts\":\"{time}\",\"sid\":\"{session}\",\"uid\":\"{account}\",\"kid\":\"k1\"}}\n");
            Add(gateway, time, "POST", "/login", session, account, "k1", account);
        }
        else if (number % 997 == 0)
        {
            Add("gw1.log", time, "GET", $"/members/{_random.Next(1, 2000)}", $"forged{number}", 7,
                $"old-{number / 997 % 20}", 251);
        }
        else if (number % 1501 == 0)
        {
            _unwritten[gateway].Append(CultureInfo.InvariantCulture, $"no record {number}\n");
        }
        else
        {
            var (session, account) = _sessions[_random.Next(_sessions.Count)];
            var target = number % 7 == 0 ? $"/members/{account}" : "/home";
            Add(gateway, time, "GET", target, session, account, "k1", account);
        }
    }

    private void Add(
        string file, string time, string method, string target, string session, int account, string key, int client) =>
        _unwritten[file].Append(CultureInfo.InvariantCulture,
            $"{{\"ts\":\"{time}\",\"ip\":\"192.0.2.{client % 250}\",\"m\":\"{method}\",\"uri\":\"{target}\",")
            .Append(CultureInfo.InvariantCulture,
                $"\"st\":200,\"sid\":\"{session}\",\"uid\":\"{account}\",\"kid\":\"{key}\"}}\n");
}
