using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>What the issuer's log says of each credential, and how whole that log is.</summary>
internal sealed class IssuanceRegister
{
    // A clock may run ahead of another by so much before a use counts as one after the end.
    private const long ClockTolerance = EventTime.Minute;

    private readonly CredentialTable<Issued> _issued = new();

    // How long a session lives at most; a month until the records say longer.
    private long _longestLife = 30 * EventTime.Day;

    private struct Issued
    {
        public SubjectId Account;
        public EventTime Expires;
    }

    /// <summary>
    /// Sessions that began with a login in the access log: issued for certain, whatever the issuer's log says.
    /// </summary>
    public long SessionsWithLogin { get; private set; }

    /// <summary>Of these, the ones without an issuer record: the issuer's log has lost it.</summary>
    public long LostRecords { get; private set; }

    /// <summary>Sessions without a login in the access log that an issuer record explains.</summary>
    public long ExplainedWithoutLogin { get; private set; }

    /// <summary>Sessions that neither a login nor an issuer record explains.</summary>
    public long Unexplained { get; private set; }

    /// <summary>
    /// Of these, the ones that may be older than the issuer's log and behave like people, who seldom begin with
    /// personal data: where there are some, the log begins too late to be whole.
    /// </summary>
    public long PerhapsOlder { get; private set; }

    public EventTime FirstRecord { get; private set; } = EventTime.Latest;

    public void Add(ulong credential, SubjectId account, EventTime time, EventTime expires)
    {
        ref var issued = ref _issued.GetOrAdd(credential, out var known);
        // A refresh prolongs; it never shortens.
        if (!known || expires > issued.Expires)
            issued.Expires = expires;
        issued.Account = account;
        if (expires != EventTime.Latest && expires - time > _longestLife)
            _longestLife = expires - time;
        if (time < FirstRecord)
            FirstRecord = time;
    }

    public bool Explains(ulong credential) => _issued.TryGet(credential, out _);

    /// <summary>A session that was never seen before, at its first request.</summary>
    /// <param name="isLogin">That request logs in: the session was issued for certain.</param>
    /// <param name="mayHaveLoggedIn">Somebody at the same address did, without saying as whom: it tells nothing either
    /// way.</param>
    /// <param name="isOrdinary">The request shows nobody's data and is no login: so people begin.</param>
    public void SeeSession(bool explained, bool isLogin, bool mayHaveLoggedIn, bool isOrdinary, EventTime time)
    {
        if (isLogin)
        {
            SessionsWithLogin++;
            LostRecords += explained ? 0 : 1;
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

    /// <summary>Expired and borrowed, for a credential that was issued.</summary>
    public Trait TraitsOf(ulong credential, SubjectId account, EventTime time)
    {
        if (!_issued.TryGet(credential, out var issued))
            return Trait.None;
        var traits = Trait.None;
        if (issued.Expires != EventTime.Latest && time > issued.Expires.Plus(ClockTolerance))
            traits |= Trait.Expired;
        if (!issued.Account.IsNone && !account.IsNone && issued.Account != account)
            traits |= Trait.Borrowed;
        return traits;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(SessionsWithLogin);
        state.Write(LostRecords);
        state.Write(ExplainedWithoutLogin);
        state.Write(Unexplained);
        state.Write(PerhapsOlder);
        state.Write(_longestLife);
        state.Write(FirstRecord.Microseconds);
        state.Write(_issued.Count);
        foreach (var (credential, issued) in _issued.All())
        {
            state.Write(credential);
            state.Write(issued.Account.Value);
            state.Write(issued.Expires.Microseconds);
        }
    }

    public void Restore(BinaryReader state)
    {
        SessionsWithLogin = state.ReadInt64();
        LostRecords = state.ReadInt64();
        ExplainedWithoutLogin = state.ReadInt64();
        Unexplained = state.ReadInt64();
        PerhapsOlder = state.ReadInt64();
        _longestLife = state.ReadInt64();
        FirstRecord = new EventTime(state.ReadInt64());
        for (var left = state.ReadInt32(); left > 0; left--)
            _issued.GetOrAdd(state.ReadUInt64(), out _) = new Issued
            {
                Account = new SubjectId(state.ReadInt64()),
                Expires = new EventTime(state.ReadInt64()),
            };
    }
}
