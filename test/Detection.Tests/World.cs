using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

/// <summary>A session as its requests show it.</summary>
internal sealed record Visit(
    ulong Credential, long? Account, string Client, string Agent = "ShopApp/7.1 (Android 15)", string? Key = "k-main");

/// <summary>
/// A company whose logs are written by hand, row by row. Rows come to the detectors in the order of the merge: by
/// time, issuer records a day ahead.
/// </summary>
internal sealed class World
{
    private readonly List<(long Merged, AccessRecord Record, string Network)> _rows = [];
    private readonly List<(SubjectId Account, AccountStatus Status)> _accounts = [];
    private readonly Dictionary<SubjectId, string> _owners = [];
    private IReadOnlyList<KeyHolding> _keys = [];
    private readonly List<(string Part, string System)> _systems = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private bool _hasIssuer;

    public World()
    {
        Catalog.AddFile(Catalog.AddStream(Catalog.AddSource("gateway"), "gw1"), "logs/gw1.log");
    }

    public Catalog Catalog { get; } = new(
    [
        new Operation("profile", [new DataCategory("name"), new DataCategory("email")]),
        new Operation("addresses", [new DataCategory("name"), new DataCategory("address")], Others: 20),
        new Operation("staff-search", [new DataCategory("name"), new DataCategory("phone")]),
        new Operation("desk", [new DataCategory("name"), new DataCategory("phone")]) { NamesTicket = true },
    ]);

    public DetectionOptions Options { get; set; } = new();

    public IReadOnlyList<AccessRecord> Rows => [.. _rows.Select(row => row.Record)];

    public World WithIssuer()
    {
        _hasIssuer = true;
        return this;
    }

    public World WithDecoys(params IEnumerable<long> accounts) => With(AccountStatus.Canary, accounts);

    public World WithDormant(params IEnumerable<long> accounts) => With(AccountStatus.Dormant, accounts);

    public World WithKeys(params KeyHolding[] keys)
    {
        _keys = keys;
        return this;
    }

    /// <summary>A table of autonomous systems: an address with that text in it is of that system.</summary>
    public World WithSystem(string part, string system)
    {
        _systems.Add((part, system));
        return this;
    }

    public World In(string zone)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return this;
    }

    public World Issue(EventTime at, Visit visit, EventTime? expires = null, EventTime? merged = null) => Add(
        Row(at, RecordKind.Issued, visit) with { Expires = expires ?? EventTime.Latest, Operation = -1 },
        (merged ?? at.Plus(-EventTime.Day)).Microseconds);

    public World Login(EventTime at, Visit visit, Outcome outcome = Outcome.Disclosed) => Add(
        Row(at, RecordKind.Login, visit) with
        {
            Operation = 0,
            Outcome = outcome,
            Status = StatusOf(outcome),
            Account = SubjectId.None,
        });

    /// <summary>A request that shows nobody's data.</summary>
    public World Browse(EventTime at, Visit visit, Outcome outcome = Outcome.Disclosed) => Add(
        Row(at, RecordKind.Activity, visit) with { Operation = -1, Outcome = outcome, Status = StatusOf(outcome) });

    /// <summary>Reads the session's own account unless a subject is named.</summary>
    public World Read(
        EventTime at, Visit visit, long? subject = null, string operation = "profile",
        Outcome outcome = Outcome.Disclosed, long bytes = 512) => Add(
        Row(at, RecordKind.Access, visit) with
        {
            Operation = OperationOf(operation),
            Subject = Subject(subject ?? visit.Account),
            Bytes = bytes,
            Outcome = outcome,
            Status = StatusOf(outcome),
        });

    public World ReadAsStaff(
        EventTime at, string principal, long subject, string client = "198.51.100.10", string agent = "Chrome desk",
        string operation = "staff-search", bool hasTicket = true, long bytes = 512) => Add(
        Row(at, RecordKind.Access, new Visit(0, null, client, agent, null)) with
        {
            Operation = OperationOf(operation),
            Subject = Subject(subject),
            Principal = Catalog.Symbols.Intern(principal),
            Traits = hasTicket ? Trait.None : Trait.NoTicket,
            Bytes = bytes,
        });

    /// <summary>Rows that a database gave, of whom its audit log names nobody.</summary>
    public World Statement(EventTime at, string principal, string client, long rows, short operation = -1) => Add(
        Row(at, RecordKind.Statement, new Visit(0, null, client, "", null)) with
        {
            Stream = StreamOf("database"),
            Operation = operation,
            Principal = Catalog.Symbols.Intern(principal),
            Rows = rows,
            Bytes = -1,
        });

    public World Flow(EventTime at, string from, string to, long bytes) => Add(
        Row(at, RecordKind.Flow, new Visit(0, null, to, "", null)) with
        {
            Stream = StreamOf("firewall"),
            Operation = -1,
            Principal = Catalog.Symbols.Intern(from),
            Bytes = bytes,
        });

    /// <summary>A large answer, or a script's first call in a block.</summary>
    public World Answer(
        EventTime at, string client, string path, long bytes, RecordKind kind = RecordKind.Transfer) => Add(
        Row(at, kind, new Visit(0, null, client, Key: null)) with
        {
            Operation = -1,
            Bytes = bytes,
            Target = Catalog.Symbols.Intern(path),
        });

    /// <summary>Something that looks like personal data stands in a line.</summary>
    public World Sight(EventTime at, string place, SightingKind kind, ulong hash, bool checks) => Add(
        Row(at, RecordKind.Sighting, new Visit(0, null, "", "", null)) with
        {
            Operation = -1,
            Outcome = checks ? Outcome.Disclosed : Outcome.Other,
            Status = (short)kind,
            Rows = (long)hash,
            Bytes = 1,
            Target = Catalog.Symbols.Intern(place),
        });

    /// <summary>A session that was issued, logs in and reads its own account.</summary>
    public World Honest(EventTime at, Visit visit) =>
        Issue(at, visit).Login(at, visit).Read(at.Plus(EventTime.Second), visit);

    public IReadOnlyList<Finding> Findings(int batchSize = AccessBatch.Capacity) => Detectors(batchSize).Conclude();

    public DetectorSet Detectors(int batchSize = AccessBatch.Capacity, Stream? state = null)
    {
        var detectors = new DetectorSet(Context, Options);
        if (state is not null)
            Assert.True(detectors.Restore(state));
        foreach (var batch in Batches(batchSize))
            detectors.Observe(batch);
        return detectors;
    }

    /// <summary>
    /// The findings of runs that stop before these rows of the merge and go on, each in a process of its own: with
    /// other numbers for every text, and nothing but the saved state.
    /// </summary>
    public IReadOnlyList<Finding> FindingsAfterRestarts(params IEnumerable<int> cuts)
    {
        var rows = _rows.OrderBy(row => row.Merged).ToList();
        using var state = new MemoryStream();
        var (from, run) = (0, 0);
        foreach (var to in cuts.Append(rows.Count))
        {
            var next = NewProcess(++run);
            next._rows.AddRange(rows[from..to].Select(row => row with { Record = next.Taken(row.Record, Catalog) }));
            var detectors = new DetectorSet(next.Context, Options);
            state.Position = 0;
            if (run > 1)
                Assert.True(detectors.Restore(state));
            foreach (var batch in next.Batches(AccessBatch.Capacity))
                detectors.Observe(batch);
            if (to == rows.Count)
                return detectors.Conclude();
            // Whoever is asked in between changes nothing.
            detectors.Conclude();
            state.SetLength(0);
            detectors.Save(state);
            from = to;
        }
        return [];
    }

    public int RowCount => _rows.Count;

    private World NewProcess(int run)
    {
        var next = new World { Options = Options };
        (next._keys, next._zone, next._hasIssuer) = (_keys, _zone, _hasIssuer);
        foreach (var (account, owners) in _owners)
            next._owners.Add(account, owners);
        next._accounts.AddRange(_accounts);
        next._systems.AddRange(_systems);
        for (var i = 0; i < 17 * run; i++)
            next.Catalog.Symbols.Intern("another text " + i);
        return next;
    }

    private AccessRecord Taken(AccessRecord record, Catalog from)
    {
        Symbol Same(Symbol symbol) => Catalog.Symbols.Intern(from.Symbols.Bytes(symbol));
        return record with
        {
            Client = Same(record.Client),
            Agent = Same(record.Agent),
            Key = Same(record.Key),
            Principal = Same(record.Principal),
            Method = Same(record.Method),
            Target = Same(record.Target),
        };
    }

    /// <summary>The traits of the rows that the ledger would keep, in the order of the merge.</summary>
    public IReadOnlyList<Trait> Traits(Stream? state = null)
    {
        var detectors = new DetectorSet(Context, Options);
        if (state is not null)
            Assert.True(detectors.Restore(state));
        var traits = new List<Trait>();
        foreach (var batch in Batches(AccessBatch.Capacity))
        {
            detectors.Observe(batch);
            traits.AddRange(Enumerable.Range(0, batch.Count)
                .Where(row => batch.Kind[row] is RecordKind.Access or RecordKind.Login)
                .Select(row => batch.Traits[row]));
        }
        return traits;
    }

    /// <summary>Says to which tenants an account belongs.</summary>
    public World WithOwner(long account, string owners)
    {
        _owners[new SubjectId(account)] = owners;
        return this;
    }

    public DetectionContext Context =>
        new(Catalog, new AccountDirectory(_accounts) { Owners = _owners }, new KeyRegister(_keys), _zone, _hasIssuer)
        {
            SystemOf = _systems.Count == 0 ? null : SystemOf,
        };

    private string? SystemOf(ReadOnlySpan<byte> client)
    {
        var text = System.Text.Encoding.ASCII.GetString(client);
        return _systems.Find(system => text.Contains(system.Part, StringComparison.Ordinal)).System;
    }

    public IEnumerable<AccessBatch> Batches(int size)
    {
        var batch = new AccessBatch();
        foreach (var (_, record, network) in _rows.OrderBy(row => row.Merged))
        {
            batch.Add(record, network.Length == 0 ? Symbol.None : Catalog.Symbols.Intern(network));
            if (batch.Count < size)
                continue;
            yield return batch;
            batch.Clear();
        }
        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Lets rows whose times are at most so far apart pass each other.</summary>
    public World Shuffled(int seed, long apart)
    {
        var random = new Random(seed);
        for (var i = 0; i < _rows.Count; i++)
            if (_rows[i].Record.Kind is not RecordKind.Issued)
                _rows[i] = _rows[i] with { Merged = _rows[i].Merged + random.NextInt64(apart) };
        return this;
    }

    private World With(AccountStatus status, IEnumerable<long> accounts)
    {
        _accounts.AddRange(accounts.Select(account => (new SubjectId(account), status)));
        return this;
    }

    private World Add(AccessRecord record, long? merged = null)
    {
        record.Offset = 100L * _rows.Count;
        var client = Catalog.Symbols.Text(record.Client) ?? "";
        _rows.Add((merged ?? record.Time.Microseconds, record, NetworkOf(client)));
        return this;
    }

    private AccessRecord Row(EventTime at, RecordKind kind, Visit visit) => new()
    {
        Time = at,
        Kind = kind,
        Outcome = Outcome.Disclosed,
        Status = 200,
        Credential = visit.Credential,
        Account = Subject(visit.Account),
        Subject = SubjectId.None,
        Bytes = 512,
        Expires = EventTime.Latest,
        Client = Catalog.Symbols.Intern(visit.Client),
        Agent = Catalog.Symbols.Intern(visit.Agent),
        Key = visit.Key is null ? Symbol.None : Catalog.Symbols.Intern(visit.Key),
        Method = Catalog.Symbols.Intern("GET"),
    };

    private short StreamOf(string source)
    {
        var known = Catalog.Streams.ToList().FindIndex(stream => stream.Name == source);
        if (known < 0)
            Catalog.AddFile(known = Catalog.AddStream(Catalog.AddSource(source), source), source);
        return (short)known;
    }

    private static short StatusOf(Outcome outcome) => outcome switch
    {
        Outcome.Disclosed => 200,
        Outcome.Refused => 401,
        Outcome.Absent => 404,
        Outcome.Failed => 500,
        _ => 400,
    };

    private short OperationOf(string name) =>
        (short)Catalog.Operations.ToList().FindIndex(operation => operation.Name == name);

    private static SubjectId Subject(long? account) => account is { } id ? new SubjectId(id) : SubjectId.None;

    private static string NetworkOf(string client) =>
        client.Contains(':', StringComparison.Ordinal)
            ? string.Join(":", client.Split(":").Take(3)) + "::/48"
            : client.Length == 0 ? "" : client[..(client.LastIndexOf('.') + 1)] + "0/24";
}
