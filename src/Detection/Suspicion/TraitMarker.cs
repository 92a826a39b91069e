using WhoSaw.Detection.Issuance;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Gives every row the traits that can be known when it passes: those of its session (stored with each of its records)
/// and its own. Runs before all detectors and before the ledger writes the row.
/// </summary>
internal sealed class TraitMarker(DetectionContext context, IssuanceRegister issuance)
{
    // A login without a session of its own explains the next session of the same client for so long.
    private const long LoginExplains = 10 * EventTime.Minute;

    private readonly CredentialTable<Session> _sessions = new();
    private readonly Dictionary<Symbol, EventTime> _loginOfClient = [];

    private struct Session
    {
        public Trait Traits;
        public bool SawLogin;
    }

    public void Mark(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var kind = batch.Kind[row];
            if (kind is RecordKind.Issued or RecordKind.Revoked)
            {
                if (kind == RecordKind.Issued)
                    issuance.Add(batch.Credential[row], batch.Account[row], batch.Time[row], batch.Expires[row]);
                continue;
            }
            var traits = batch.Credential[row] != 0 ? OfSession(batch, row) : OfLogin(batch, row);
            if (kind == RecordKind.Access && batch.Operation[row] > 0)
                traits |= OfSubject(batch, row);
            // what intake knows of the address stands there already
            batch.Traits[row] |= traits;
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_sessions.Count);
        foreach (var (credential, session) in _sessions.All())
        {
            state.Write(credential);
            state.Write((uint)session.Traits);
            state.Write(session.SawLogin);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _sessions.GetOrAdd(state.ReadUInt64(), out _) =
                new Session { Traits = (Trait)state.ReadUInt32(), SawLogin = state.ReadBoolean() };
    }

    private Trait OfLogin(AccessBatch batch, int row)
    {
        if (IsLogin(batch, row) && !batch.Client[row].IsNone)
            _loginOfClient[batch.Client[row]] = batch.Time[row];
        return Trait.None;
    }

    private Trait OfSession(AccessBatch batch, int row)
    {
        ref var session = ref _sessions.GetOrAdd(batch.Credential[row], out var known);
        var start = known ? Trait.None : Trait.SessionStart;
        var isLogin = IsLogin(batch, row);
        if (!known)
        {
            var before = LoggedInBefore(batch, row);
            session.SawLogin = isLogin || before;
            var explained = issuance.Explains(batch.Credential[row]);
            if (context.HasIssuer && !explained)
                session.Traits |= Trait.Unissued;
            if (!session.SawLogin && batch.Kind[row] == RecordKind.Access && batch.Operation[row] > 0)
                session.Traits |= Trait.FirstPage;
            issuance.SeeSession(
                explained, isLogin, before, batch.Kind[row] == RecordKind.Activity, batch.Time[row]);
        }
        else if (isLogin)
        {
            session.SawLogin = true;
        }
        var traits = session.Traits | start;
        if ((session.Traits & Trait.Unissued) == 0 && context.HasIssuer)
            traits |= issuance.TraitsOf(batch.Credential[row], batch.Account[row], batch.Time[row]);
        return traits;
    }

    // A login that failed issues nothing, and anybody can send one with a session that he made up. Forms answer with a
    // redirect.
    private static bool IsLogin(AccessBatch batch, int row) =>
        batch.Kind[row] == RecordKind.Login
        && (batch.Outcome[row] == Outcome.Disclosed || batch.Status[row] is >= 300 and < 400);

    private bool LoggedInBefore(AccessBatch batch, int row) =>
        _loginOfClient.Count > 0
        && _loginOfClient.TryGetValue(batch.Client[row], out var login)
        && batch.Time[row] - login is >= 0 and <= LoginExplains;

    private Trait OfSubject(AccessBatch batch, int row)
    {
        var traits = batch.Outcome[row] == Outcome.Absent ? Trait.Absent : Trait.None;
        var subject = batch.Subject[row];
        if (subject.IsNone)
            return traits;
        if (!batch.Account[row].IsNone && batch.Account[row] != subject)
            traits |= Trait.SomeoneElse;
        return traits | context.Accounts[subject] switch
        {
            AccountStatus.Dormant => Trait.Dormant,
            AccountStatus.Canary => Trait.Canary,
            _ => Trait.None,
        };
    }
}
