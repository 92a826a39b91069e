using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// A session was used that no issuer record explains. With a whole issuer log one is a fact. A log is whole when not
/// one login of many lacks its record; under a lossy one the sessions are evidence among other evidence
/// (<c>suspicion</c>) and this is silent.
/// </summary>
internal sealed class UnissuedCredentialDetector(
    DetectionContext context, IssuanceRegister register, UnissuedCredentialOptions options) : Detector
{
    private readonly ActorShares _orphans = new(context.Catalog);
    private readonly DerivedIssuance _derived = new(context);
    private readonly SessionShare _unissued = new();
    private readonly SessionShare _elsewhere = new();
    private readonly ActorTally _clients = new();
    private readonly ActorTally _networks = new();
    private readonly ActorTally _keys = new();
    private readonly ActorTally _agents = new();
    private readonly List<RecordLocation> _samples = [];
    private readonly HashSet<long> _hours = [];
    private long _rows;
    private EventTime _first = EventTime.Latest;
    private EventTime _last = EventTime.Earliest;

    public override string Name => "unissued-credential";
    public override long Facts => Magnitude.Of(_unissued.Sessions);

    /// <summary>Counts of one side of the comparison.</summary>
    private sealed class SessionShare
    {
        public long Sessions;
        public long WithoutLogin;
        public long AbsentSessions;
        public long DecoyReads;

        public void Add(AccessBatch batch, int row)
        {
            var traits = batch.Traits[row];
            if ((traits & Trait.SessionStart) != 0)
            {
                Sessions++;
                AbsentSessions += (traits & Trait.Absent) != 0 ? 1 : 0;
                WithoutLogin += (traits & Trait.FirstPage) != 0 ? 1 : 0;
            }
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0)
                return;
            DecoyReads += (traits & Trait.Canary) != 0 && batch.Outcome[row] == Outcome.Disclosed ? 1 : 0;
        }

        public void Save(BinaryWriter state)
        {
            state.Write(Sessions);
            state.Write(WithoutLogin);
            state.Write(AbsentSessions);
            state.Write(DecoyReads);
        }

        public void Restore(BinaryReader state)
        {
            Sessions = state.ReadInt64();
            WithoutLogin = state.ReadInt64();
            AbsentSessions = state.ReadInt64();
            DecoyReads = state.ReadInt64();
        }
    }

    public override void Observe(AccessBatch batch)
    {
        // Without an issuer's log a session is taken as issued when it logged in, as far as the access log shows it.
        var orphan = context.HasIssuer ? Trait.Unissued : Trait.FirstPage;
        for (var row = 0; row < batch.Count; row++)
        {
            var traits = batch.Traits[row];
            if (batch.Credential[row] == 0 || batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked)
                continue;
            if ((traits & Trait.SessionStart) != 0
                && (context.HasIssuer || _derived.Tells(batch, row, options.MostOrphans)))
            {
                _orphans.AddTrial(batch, row);
                if ((traits & orphan) != 0)
                    _orphans.AddOdd(batch, row);
            }
            if (!context.HasIssuer)
                continue;
            var unissued = (traits & Trait.Unissued) != 0;
            (unissued ? _unissued : _elsewhere).Add(batch, row);
            if (unissued)
                See(batch, row);
        }
    }

    /// <summary>The fact: passes that nobody issued, under an issuer's log that is whole.</summary>
    public override IEnumerable<Finding> Conclude()
    {
        if (_unissued.Sessions > 0 && IsWhole)
            yield return Report(_first.Plus(options.Grace), "unissued");
    }

    /// <summary>
    /// What is left when the log is not whole, once the other findings are known: actors with more orphans than its
    /// losses make, and stretches in which it is silent.
    /// </summary>
    public IEnumerable<Finding> ConcludeRest()
    {
        var report = new OrphanReport(context, options, _orphans);
        foreach (var (from, to, sessions) in register.Gaps)
            yield return OrphanReport.Gap(Name, from, to, sessions);
        if (!(context.HasIssuer && IsWhole) && report.Theft(Name, Causes) is { } theft)
            yield return theft;
    }

    public override void Save(BinaryWriter state)
    {
        _orphans.Save(state);
        _derived.Save(state);
        _unissued.Save(state);
        _elsewhere.Save(state);
        foreach (var tally in new[] { _clients, _networks, _keys, _agents })
            tally.Save(state, context.Catalog);
        state.WriteLocations(_samples);
        state.Write7BitEncodedInt(_hours.Count);
        foreach (var hour in _hours)
            state.Write(hour);
        state.Write(_rows);
        state.WriteTime(_first);
        state.WriteTime(_last);
    }

    public override void Restore(BinaryReader state)
    {
        _orphans.Restore(state);
        _derived.Restore(state);
        _unissued.Restore(state);
        _elsewhere.Restore(state);
        foreach (var tally in new[] { _clients, _networks, _keys, _agents })
            tally.Restore(state, context.Catalog);
        _samples.AddRange(state.ReadLocations());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _hours.Add(state.ReadInt64());
        _rows = state.ReadInt64();
        _first = state.ReadTime();
        _last = state.ReadTime();
    }

    /// <summary>
    /// Not one login of many lacks its issuer record, and hardly any session looks like an honest one that is older
    /// than the issuer's log: then no session may lack one.
    /// </summary>
    private bool IsWhole =>
        register.LostRecords == 0 && register.SessionsWithLogin >= options.LoginsThatShowWholeness
        && register.PerhapsOlder * 100 <= register.Unexplained;

    private void See(AccessBatch batch, int row)
    {
        if (batch.Time[row] < _first)
            _first = batch.Time[row];
        if (batch.Time[row] > _last)
            _last = batch.Time[row];
        _rows++;
        _hours.Add(batch.Time[row].Microseconds / EventTime.Hour);
        _clients.Add(batch.Client[row]);
        _networks.Add(batch.Network[row]);
        _keys.Add(batch.Key[row]);
        _agents.Add(batch.Agent[row]);
        if (_samples.Count < 5)
            _samples.Add(new RecordLocation(context.Catalog.Files[batch.File[row]].Path, batch.Offset[row]));
    }

    private Finding Report(EventTime raised, string where)
    {
        var symbols = context.Catalog.Symbols;
        var key = _keys.Top(1, symbols);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = Severity.Critical,
            Raised = raised,
            First = _first,
            Last = _last,
            Title = "Customers' data is read with passes that nobody issued",
            Why = string.Create(CultureInfo.InvariantCulture,
                $"{Counted.Of(_unissued.Sessions, "session")} {(_unissued.Sessions == 1 ? "was" : "were")} used that "
                    + $"the issuer's log does not know; of "
                    + $"{Counted.Of(register.SessionsWithLogin, "session")} that began with a login it lacks "
                    + $"{register.LostRecords:N0}."),
            Evidence = [.. Reasons()],
            ActorKind = key.Count > 0 ? "key" : "credential",
            ActorValue = key.Count > 0 ? key[0].Value : "",
            Where = where,
            Technique = "T1606",
            Samples = _samples,
        };
    }

    private IEnumerable<Evidence> Reasons()
    {
        yield return new Evidence(
            "no issuer record", OfSessions(_unissued.Sessions, _unissued.Sessions),
            OfSessions(0, _elsewhere.Sessions));
        yield return new Evidence(
            "no log-in before it", Words.Share(_unissued.WithoutLogin, _unissued.Sessions),
            Words.Share(_elsewhere.WithoutLogin, _elsewhere.Sessions));
        yield return new Evidence(
            "accounts that do not exist", Words.Share(_unissued.AbsentSessions, _unissued.Sessions) + " of tries",
            Words.Share(_elsewhere.AbsentSessions, _elsewhere.Sessions));
        if (context.Accounts.Canaries > 0)
            yield return new Evidence(
                "decoy accounts read", Counted.Of(_unissued.DecoyReads, "time"),
                Counted.Of(_elsewhere.DecoyReads, "time"));
        var symbols = context.Catalog.Symbols;
        foreach (var (key, count) in _keys.Top(3, symbols))
            yield return new Evidence("key", $"{key} in {Counted.Of(count, "request")}", "");
        yield return new Evidence(
            "from", Counted.Of(_clients.Distinct, "address", "addresses") + " in "
                + Counted.Of(_networks.Distinct, "network") + Pace(), "");
    }

    /// <summary>How often each address asked in the hours in which any did.</summary>
    private string Pace()
    {
        var each = (double)_rows / Math.Max(1, _clients.Distinct) / Math.Max(1, _hours.Count);
        return each < 1
            ? ", less than one request an hour each"
            : $", about {Counted.Of((long)Math.Round(each), "request")} an hour each";
    }

    private static string OfSessions(long part, long whole) => $"{Words.Number(part)} of {Counted.Of(whole, "session")}";
}
