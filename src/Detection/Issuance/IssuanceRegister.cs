using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>What the issuer's log says of each credential, and how whole that log is.</summary>
internal sealed class IssuanceRegister(bool hasIssuer, MemoryOptions memory)
{
    // A clock may run ahead of another by so much before a use counts as one after the end.
    private const long ClockTolerance = EventTime.Minute;

    private readonly CredentialBook _issued = new();
    private readonly IssuerRhythm _rhythm = new();
    private readonly LateRecords _late = new();
    private readonly EarlyUses _early = new();
    private readonly SortedDictionary<EventTime, (EventTime To, long Sessions)> _gaps = [];

    // How long a session lives at most; a month until the records say longer.
    private long _longestLife = 30 * EventTime.Day;

    /// <summary>
    /// Sessions that began with a login in the access log: issued for certain, whatever the issuer's log says.
    /// </summary>
    public long SessionsWithLogin { get; private set; }

    /// <summary>Of these, the ones without an issuer record outside its gaps: the issuer's log has lost it.</summary>
    public long LostRecords => _rhythm.LostOutsideGaps;

    /// <summary>Sessions without a login in the access log that an issuer record explains.</summary>
    public long ExplainedWithoutLogin { get; private set; }

    /// <summary>Sessions that neither a login nor an issuer record explains.</summary>
    public long Unexplained { get; private set; }

    /// <summary>
    /// Of these, the ones that may be older than the issuer's log and behave like people, who seldom begin with
    /// personal data: where there are some, the log begins too late to be whole.
    /// </summary>
    public long PerhapsOlder { get; private set; }

    /// <summary>Records that prolonged a credential: had one of them been lost, its use would look expired.</summary>
    public long Refreshes { get; private set; }

    public EventTime FirstRecord { get; private set; } = EventTime.Latest;

    /// <summary>
    /// Stretches in which the issuer's log is silent, with the sessions that cannot be told there. What looked like one
    /// until its records came, late, is none.
    /// </summary>
    public IEnumerable<(EventTime From, EventTime To, long Sessions)> Gaps =>
        _gaps.Where(gap => _rhythm.IsSilentWithin(gap.Key, gap.Value.To))
            .Select(gap => (gap.Key, gap.Value.To, gap.Value.Sessions));

    /// <summary>
    /// Sessions that were taken for unissued, and whose records have come since this was asked last.
    /// </summary>
    public IReadOnlyList<ulong> TakeLate() => _late.Take();

    public MemoryLimit Limit { get; } = new(
        "issued passes", "further ones were not kept, and which sessions nobody issued cannot be told since",
        memory.IssuedPasses);

    /// <summary>There may be records that are not in the book: what it lacks says nothing.</summary>
    public bool IsFull => _issued.Count >= Limit.Most;

    /// <summary>Takes an issuer record; true when it explains a session that had been taken for unissued.</summary>
    public bool Add(ulong credential, SubjectId account, EventTime time, EventTime expires)
    {
        var pass = IssuedPass.Of(account, time, expires);
        var isFirst = !_issued.TryGet(credential, out var bits);
        if (!isFirst)
        {
            var known = new IssuedPass(bits);
            pass = known.With(pass, time);
            Refreshes += known.EndsLike(pass) ? 0 : 1;
        }
        else if (Limit.Refuses(_issued.Count))
        {
            return false;
        }
        _issued.Set(credential, pass.Bits);
        _rhythm.Add(time);
        if (expires != EventTime.Latest && expires - time > _longestLife)
            _longestLife = expires - time;
        if (time < FirstRecord)
            FirstRecord = time;
        if (_late.Find(credential, time) is not { } begun)
        {
            if (isFirst)
                _early.Issue(credential, time);
            return false;
        }
        _early.IssueLate(credential, begun.Time, time);
        TakeBack(begun);
        return true;
    }

    /// <summary>Brings what is known of these credentials near to the processor; changes nothing.</summary>
    public void Warm(ReadOnlySpan<ulong> credentials) => _issued.Warm(credentials);

    public bool Explains(ulong credential) => _issued.TryGet(credential, out _);

    /// <summary>
    /// True when the issuer's log is silent where an unexplained session began: it cannot be told. Counts it there.
    /// </summary>
    public bool CannotTell(EventTime time)
    {
        if (_rhythm.GapAt(time) is not var (from, to))
            return false;
        var sessions = _gaps.TryGetValue(from, out var gap) ? gap.Sessions : 0;
        _gaps[from] = (to > gap.To ? to : gap.To, sessions + 1);
        return true;
    }

    /// <summary>
    /// Stretches in which the issuer's log lacks log-ins and holds nothing, whoever else began there.
    /// </summary>
    /// <param name="since">Those that began before it may be left out.</param>
    public IReadOnlyList<(EventTime From, EventTime To)> Silences(EventTime since) => _rhythm.Silences(since);

    public IReadOnlyList<(EventTime From, EventTime To)> Silences() => Silences(new EventTime(long.MinValue / 2));

    /// <summary>
    /// True when honest records that come late account for so many sessions without one in the day before a silence:
    /// of the records that were lost in it some were of sessions in use already.
    /// </summary>
    /// <param name="logFalseAlarms">Logarithm of the chance that is taken for none.</param>
    public bool MayBeLate(long sessions, double logFalseAlarms)
    {
        if (_early.Early == 0)
            return false;
        // Three standard deviations above the share that was seen.
        var share = (_early.Early + 3 * Math.Sqrt(_early.Early + 1) + 1) / (_early.Sessions + 1);
        var lost = _rhythm.LostInSilences + _gaps.Values.Sum(gap => gap.Sessions) + sessions;
        return Chance.BinomialTail(lost, sessions, Math.Min(share, 0.5)) > logFalseAlarms;
    }

    /// <summary>A session that was never seen before, at its first request.</summary>
    /// <param name="credential">Of the session.</param>
    /// <param name="isLogin">That request logs in: the session was issued for certain.</param>
    /// <param name="mayHaveLoggedIn">Somebody at the same address did, without saying as whom: it tells nothing either
    /// way.</param>
    /// <param name="isOrdinary">The request shows nobody's data and is no login: so people begin.</param>
    public void SeeSession(
        ulong credential, bool explained, bool isLogin, bool mayHaveLoggedIn, bool isOrdinary, EventTime time)
    {
        if (explained)
            _early.Use(credential, time);
        else if (hasIssuer)
            _late.Await(credential, new LateRecords.Begun(
                time, isLogin, !isLogin && !mayHaveLoggedIn,
                !isLogin && !mayHaveLoggedIn && isOrdinary && time - FirstRecord < _longestLife));
        if (isLogin)
        {
            SessionsWithLogin++;
            if (!explained)
                _rhythm.Lose(time);
        }
        else if (explained)
        {
            ExplainedWithoutLogin++;
        }
        else if (!mayHaveLoggedIn)
        {
            Unexplained++;
            if (isOrdinary && time - FirstRecord < _longestLife)
                PerhapsOlder++;
        }
    }

    /// <summary>A session that counted as unexplained is explained.</summary>
    private void TakeBack(LateRecords.Begun begun)
    {
        if (begun.IsLogin)
            _rhythm.Find(begun.Time);
        else
            ExplainedWithoutLogin++;
        Unexplained -= begun.IsUnexplained ? 1 : 0;
        PerhapsOlder -= begun.IsPerhapsOlder ? 1 : 0;
    }

    /// <summary>Expired and borrowed, for a credential that was issued.</summary>
    public Trait TraitsOf(ulong credential, SubjectId account, EventTime time)
    {
        if (!_issued.TryGet(credential, out var bits))
            return Trait.None;
        var pass = new IssuedPass(bits);
        var traits = pass.MinutesOver(time.Plus(-ClockTolerance)) > 0 ? Trait.Expired : Trait.None;
        return pass.IsNotOf(account) ? traits | Trait.Borrowed : traits;
    }

    /// <summary>Whole minutes since the credential ended; 0 when it has not, or no end is known.</summary>
    public int MinutesOver(ulong credential, EventTime time) =>
        _issued.TryGet(credential, out var bits) ? new IssuedPass(bits).MinutesOver(time) : 0;

    public void SaveRefreshes(BinaryWriter state) => state.Write(Refreshes);

    public void RestoreRefreshes(BinaryReader state) => Refreshes = state.ReadInt64();

    public void Save(BinaryWriter state)
    {
        state.Write(SessionsWithLogin);
        state.Write(ExplainedWithoutLogin);
        state.Write(Unexplained);
        state.Write(PerhapsOlder);
        state.Write(_longestLife);
        state.WriteTime(FirstRecord);
        _rhythm.Save(state);
        _late.Save(state);
        _early.Save(state);
        state.Write7BitEncodedInt(_gaps.Count);
        foreach (var (from, (to, sessions)) in _gaps)
        {
            state.WriteTime(from);
            state.WriteTime(to);
            state.Write(sessions);
        }
        _issued.Save(state);
    }

    public void Restore(BinaryReader state)
    {
        SessionsWithLogin = state.ReadInt64();
        ExplainedWithoutLogin = state.ReadInt64();
        Unexplained = state.ReadInt64();
        PerhapsOlder = state.ReadInt64();
        _longestLife = state.ReadInt64();
        FirstRecord = state.ReadTime();
        _rhythm.Restore(state);
        _late.Restore(state);
        _early.Restore(state);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _gaps.Add(state.ReadTime(), (state.ReadTime(), state.ReadInt64()));
        _issued.Restore(state);
    }
}
