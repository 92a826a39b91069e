using System.Text.Json;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>What is told to another system.</summary>
/// <param name="Id">The same for every try, and for ever: finding and version.</param>
internal sealed record FindingNews(string Id, Finding Finding, News News, long? Accounts, long? Views)
{
    /// <summary>One JSON object without a line end: the finding, and what is new about it.</summary>
    public byte[] ToJson()
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, FindingJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("news", News.ToString().ToLowerInvariant());
            writer.WriteString("delivery", Id);
            RaisedFinding.WriteProperties(writer, Finding, Accounts, Views);
            writer.WriteEndObject();
        }
        return line.ToArray();
    }
}

/// <summary>A way out; true when the news was taken, false when it is to be tried again.</summary>
internal sealed record NewsOutput(string Name, Func<IReadOnlyList<FindingNews>, CancellationToken, Task<bool>> Send)
{
    /// <summary>So many news go together, where so many wait.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Ends when the next may be sent.</summary>
    public Func<CancellationToken, Task> Ready { get; init; } = _ => Task.CompletedTask;
}

/// <summary>
/// What was told and what is still to be told, kept beside the ledger: each news is told once to each output, also
/// after a crash, and in order. Sent by tasks of their own; the watch never waits for them.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<NewsOutput> _outputs;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<SemaphoreSlim> _bells = [];
    private readonly Task[] _senders;
    private readonly Book _book;

    /// <param name="known">Standing findings of a ledger that was never watched: nobody waits for news of them.</param>
    public Outbox(
        string ledger, IReadOnlyList<NewsOutput> outputs, IReadOnlyCollection<Finding> known, TimeProvider clock)
    {
        (_path, _outputs, _clock) = (Path.Combine(ledger, "state", "watch", "told.json"), outputs, clock);
        if (Load(_path) is { } book)
        {
            _book = book;
        }
        else
        {
            _book = new Book();
            foreach (var finding in known)
                _book.Told[finding.Id] = new Told(1, 0);
        }
        foreach (var finding in known.Where(finding => !_book.Told.ContainsKey(finding.Id)))
            Enqueue(finding, News.Raised, null, null);
        _bells.AddRange(outputs.Select(_ => new SemaphoreSlim(1)));
        _senders = [.. outputs.Select((output, place) => Task.Run(() => Deliver(output, _bells[place])))];
    }

    /// <summary>Of a finding: how often it was told of, and with how many accounts last.</summary>
    private sealed record Told(int Version, long Accounts);

    private sealed class Book
    {
        public Dictionary<string, Told> Told { get; set; } = [];
        public Dictionary<string, List<FindingNews>> Waiting { get; set; } = [];
    }

    /// <summary>News that an output has not taken yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _book.Waiting.Values.Sum(list => list.Count);
        }
    }

    public long Sent { get; private set; }

    /// <summary>How many accounts were told of last.</summary>
    public long AccountsToldOf(string finding)
    {
        lock (_gate)
            return _book.Told.TryGetValue(finding, out var told) ? told.Accounts : 0;
    }

    /// <summary>Keeps the news durably, and has it sent. The ledger has the finding by now.</summary>
    public void Tell(Finding finding, News news, long? accounts = null, long? views = null)
    {
        lock (_gate)
        {
            Enqueue(finding, news, accounts, views);
            Save();
        }
        _bells.ForEach(bell => bell.Release());
    }

    /// <summary>Notes a size without telling it: the next one is measured against it.</summary>
    public void Note(string finding, long accounts)
    {
        lock (_gate)
        {
            if (_book.Told.TryGetValue(finding, out var told))
                _book.Told[finding] = told with { Accounts = accounts };
            Save();
        }
    }

    /// <summary>Waits a little for what is on its way; the rest is sent after the next start.</summary>
    public void Finish(TimeSpan patience)
    {
        var began = _clock.GetTimestamp();
        while (Waiting > 0 && _clock.GetElapsedTime(began) < patience)
            Thread.Sleep(20);
    }

    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll(_senders);
        _bells.ForEach(bell => bell.Dispose());
        _stop.Dispose();
    }

    private void Enqueue(Finding finding, News news, long? accounts, long? views)
    {
        var told = _book.Told.GetValueOrDefault(finding.Id, new Told(0, 0));
        told = new Told(told.Version + 1, accounts ?? told.Accounts);
        _book.Told[finding.Id] = told;
        var each = new FindingNews($"{finding.Id}.{told.Version}", finding, news, accounts, views);
        foreach (var output in _outputs)
        {
            if (!_book.Waiting.TryGetValue(output.Name, out var waiting))
                _book.Waiting.Add(output.Name, waiting = []);
            waiting.Add(each);
        }
    }

    private async Task Deliver(NewsOutput output, SemaphoreSlim bell)
    {
        try
        {
            while (true)
            {
                if (Next(output).Count == 0)
                {
                    await bell.WaitAsync(_stop.Token);
                    continue;
                }
                await output.Ready(_stop.Token);
                var next = Next(output);
                if (!await output.Send(next, _stop.Token))
                {
                    await Task.Delay(Pause, _clock, _stop.Token);
                    continue;
                }
                lock (_gate)
                {
                    _book.Waiting[output.Name].RemoveRange(0, next.Count);
                    Sent += next.Count;
                    Save();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What is left is in the file.
        }
    }

    private List<FindingNews> Next(NewsOutput output)
    {
        lock (_gate)
            return [.. _book.Waiting.GetValueOrDefault(output.Name, []).Take(output.Most)];
    }

    private void Save() => StateFile.Write(_path, file => JsonSerializer.Serialize(file, _book, Json));

    private static Book? Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Book>(File.ReadAllBytes(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
