using WhoSaw.Detection.Issuance;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.OtherTenants;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Gives every row the traits that can be known when it passes: those of its session (stored with each of its records)
/// and its own. Runs before all detectors and before the ledger writes the row.
/// </summary>
internal sealed class TraitMarker(DetectionContext context, IssuanceRegister issuance, MemoryOptions memory)
{
    // A login without a session of its own explains the next session of the same client for so long.
    private const long LoginExplains = 10 * EventTime.Minute;

    // So many rows have what they ask of the books in the processor's cache when their turn comes.
    private const int WarmRows = 256;

    private readonly CredentialBook _sessions = new();
    private readonly Dictionary<Symbol, EventTime> _loginOfClient = [];
    private readonly Tenants _tenants = new(context);

    // The forty bits of a session: its traits, and behind them whether it logged in, or did anything ordinary.
    private const ulong SawLogin = 1UL << 32;
    private const ulong Ordinary = 1UL << 33;

    public MemoryLimit Limit { get; } = new(
        "sessions", "requests of further sessions were not told from others by how their session began",
        memory.Sessions);

    public void Mark(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (row % WarmRows == 0)
                Warm(batch, row, Math.Min(WarmRows, batch.Count - row));
            var kind = batch.Kind[row];
            if (kind is RecordKind.Issued or RecordKind.Revoked)
            {
                if (kind == RecordKind.Issued
                    && issuance.Add(batch.Credential[row], batch.Account[row], batch.Time[row], batch.Expires[row])
                    && _sessions.TryGet(batch.Credential[row], out var session))
                    _sessions.Set(batch.Credential[row], session & ~(ulong)Trait.Unissued);
                continue;
            }
            var traits = batch.Traits[row] | (batch.Credential[row] != 0 ? OfSession(batch, row) : OfLogin(batch, row));
            if (kind == RecordKind.Access && batch.Operation[row] > 0)
                traits |= OfSubject(batch, row);
            // what intake knows of the address stands there already
            batch.Traits[row] |= traits;
        }
    }

    /// <summary>The session logged in, or asked for something that shows nobody's data.</summary>
    public bool IsOrdinary(ulong credential) =>
        _sessions.TryGet(credential, out var session) && (session & Ordinary) != 0;

    public void Save(BinaryWriter state)
    {
        state.Write7BitEncodedInt(_loginOfClient.Count);
        foreach (var (client, time) in _loginOfClient.OrderBy(login => login.Key.Index))
        {
            state.WriteSymbol(context.Catalog, client);
            state.WriteTime(time);
        }
        _sessions.Save(state);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _loginOfClient[state.ReadSymbol(context.Catalog)] = state.ReadTime();
        _sessions.Restore(state);
    }

    private void Warm(AccessBatch batch, int from, int rows)
    {
        // An issuer's record asks for a session only when it came late.
        Span<ulong> used = stackalloc ulong[WarmRows];
        var count = 0;
        for (var row = from; row < from + rows; row++)
            if (batch.Credential[row] != 0 && batch.Kind[row] is not (RecordKind.Issued or RecordKind.Revoked))
                used[count++] = batch.Credential[row];
        _sessions.Warm(used[..count]);
        issuance.Warm(batch.Credential.AsSpan(from, rows));
    }

    private Trait OfLogin(AccessBatch batch, int row)
    {
        if (IsLogin(batch, row) && !batch.Client[row].IsNone)
            _loginOfClient[batch.Client[row]] = batch.Time[row];
        return Trait.None;
    }

    private Trait OfSession(AccessBatch batch, int row)
    {
        var credential = batch.Credential[row];
        var known = _sessions.TryGet(credential, out var session);
        var isLogin = IsLogin(batch, row);
        var before = known ? session : 0;
        if (!known && Limit.Refuses(_sessions.Count))
            return context.HasIssuer
                ? issuance.TraitsOf(credential, batch.Account[row], batch.Time[row])
                : Trait.None;
        if (!known)
            session = Begin(batch, row, isLogin);
        session |= isLogin ? SawLogin | Ordinary : batch.Kind[row] == RecordKind.Activity ? Ordinary : 0;
        // An issuer's log says it better.
        if (!context.HasIssuer && (session & SawLogin) == 0 && batch.Kind[row] == RecordKind.Access
            && batch.Operation[row] > 0)
            session |= (ulong)Trait.NoLogin;
        if (!known || session != before)
            _sessions.Set(credential, session);
        var traits = (Trait)(uint)session;
        if ((traits & Trait.Unissued) == 0 && context.HasIssuer)
            traits |= issuance.TraitsOf(credential, batch.Account[row], batch.Time[row]);
        return known ? traits : traits | Trait.SessionStart;
    }

    /// <summary>What every record of a session will carry, from its first one.</summary>
    private ulong Begin(AccessBatch batch, int row, bool isLogin)
    {
        var before = LoggedInBefore(batch, row);
        var traits = Trait.None;
        var explained = issuance.Explains(batch.Credential[row]);
        // A record that there was no room for is none that was lost.
        var isUnknown = context.HasIssuer && !explained && issuance.IsFull;
        var cannotTell = isUnknown || (context.HasIssuer && !explained && issuance.CannotTell(batch.Time[row]));
        // Who logged in was given a pass, whatever the issuer's log has lost.
        if (context.HasIssuer && !explained && !cannotTell && !isLogin)
            traits |= Trait.Unissued;
        if (!isUnknown && (isLogin || !cannotTell))
            issuance.SeeSession(
                batch.Credential[row], explained, isLogin, before, batch.Kind[row] == RecordKind.Activity,
                batch.Time[row]);
        if (!isLogin && !before && batch.Kind[row] == RecordKind.Access && batch.Operation[row] > 0)
            traits |= Trait.FirstPage;
        return (uint)traits | (isLogin || before ? SawLogin : 0);
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
        if (context.Accounts.Owners.Count > 0 && !batch.Principal[row].IsNone)
            traits |= _tenants.Look(batch.Principal[row], subject);
        return traits | context.Accounts[subject] switch
        {
            AccountStatus.Dormant => Trait.Dormant,
            AccountStatus.Canary => Trait.Canary,
            _ => Trait.None,
        };
    }
}
