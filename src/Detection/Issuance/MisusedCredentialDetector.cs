using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// A credential was issued, but not for this use: it had expired, or it was another account's. Only uses that were
/// answered with somebody's data count. With a whole issuer log a few are a fact; with a lossy one the lost record may
/// be the refresh that explains it, and only actors whose share is beyond chance are named; where it is common, the
/// site works that way.
/// </summary>
internal abstract class MisusedCredentialDetector(
    DetectionContext context, IssuanceRegister register, UnissuedCredentialOptions wholeness,
    MisusedCredentialOptions options) : Detector
{
    private readonly ActorShares _shares = new(context.Catalog);
    private readonly Dictionary<ulong, Misuse> _sessions = [];

    /// <summary>The misused uses of one session.</summary>
    private sealed class Misuse
    {
        public SessionSample Rows { get; init; } = new();
        public HashSet<SubjectId> People { get; } = [];
        public Symbol Client { get; init; }
        public Symbol Key { get; init; }
    }

    protected abstract Trait Trait { get; }
    protected abstract string TraitWords { get; }
    protected abstract string TheftTitle { get; }
    protected abstract string StateTitle { get; }
    protected abstract string Technique { get; }

    protected IssuanceRegister Register => register;
    protected MisusedCredentialOptions Options => options;

    /// <summary>The trait is there; is the use beyond what clocks that differ make of honest ones?</summary>
    protected abstract bool IsBeyondClocks(AccessBatch batch, int row);

    /// <summary>So many misused sessions may be lost records of another kind than a log-in's.</summary>
    protected virtual bool MayBeLost(int sessions) => false;

    public override void Observe(AccessBatch batch)
    {
        if (!context.HasIssuer)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            var traits = batch.Traits[row];
            if ((traits & (Trait | Trait.SessionStart)) == 0 || batch.Credential[row] == 0
                || batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked)
                continue;
            if ((traits & Trait.SessionStart) != 0 && (traits & Trait.Unissued) == 0)
                _shares.AddTrial(batch, row);
            if ((traits & Trait) != 0 && See(batch, row))
                _shares.AddOdd(batch, row);
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var told = _sessions.Where(session => !Causes.Name(session.Key)).OrderBy(session => session.Value.Rows.First)
            .ThenBy(session => session.Key).ToList();
        if (told.Count == 0)
            return [];
        var sessions = told.Select(session => session.Value).ToList();
        var found = ActorShares.Widest(_shares.Beyond(Math.Log(options.FalseAlarms), 2, LossRate, out var rate));
        // Who is beyond chance is a thief under any log; what is left is a fact, the site's habit, or a lost record.
        if (found.Count > 0 && !found.Any(actor => Causes.Name(actor.Odd.Sample)))
            return [Theft(sessions, found, rate)];
        if (sessions.Count > Math.Max(3, options.OrdinaryShare * _shares.Trials))
            return [StateOfAffairs(sessions)];
        return IsWhole ? [Fact(told)] : [];
    }

    internal override IEnumerable<Evidence> EvidenceAbout(Causes causes)
    {
        var theirs = _sessions.Count(session => causes.Name(session.Key));
        if (theirs > 0)
            yield return new Evidence(
                TraitWords, Words.Number(theirs) + " sessions", Words.Number(_sessions.Count - theirs) + " sessions");
    }

    public override void Save(BinaryWriter state)
    {
        _shares.Save(state);
        state.Write7BitEncodedInt(_sessions.Count);
        foreach (var (credential, session) in _sessions.OrderBy(session => session.Key))
        {
            state.Write(credential);
            state.WriteSymbol(context.Catalog, session.Client);
            state.WriteSymbol(context.Catalog, session.Key);
            session.Rows.Save(state);
            state.Write7BitEncodedInt(session.People.Count);
            foreach (var person in session.People)
                state.Write(person.Value);
        }
    }

    public override void Restore(BinaryReader state)
    {
        _shares.Restore(state);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var credential = state.ReadUInt64();
            var session = new Misuse
            {
                Client = state.ReadSymbol(context.Catalog),
                Key = state.ReadSymbol(context.Catalog),
                Rows = SessionSample.Restore(state),
            };
            for (var more = state.Read7BitEncodedInt(); more > 0; more--)
                session.People.Add(new SubjectId(state.ReadInt64()));
            _sessions.Add(credential, session);
        }
    }

    private bool IsWhole =>
        register.LostRecords == 0 && register.SessionsWithLogin >= wholeness.LoginsThatShowWholeness;

    private double LossRate =>
        register.SessionsWithLogin == 0 ? 0.5 : (register.LostRecords + 1.0) / (register.SessionsWithLogin + 1.0);

    /// <summary>True at the first misuse of a session.</summary>
    private bool See(AccessBatch batch, int row)
    {
        if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0
            || batch.Outcome[row] != Outcome.Disclosed || !IsBeyondClocks(batch, row))
            return false;
        var isNew = !_sessions.TryGetValue(batch.Credential[row], out var session);
        if (isNew)
            _sessions.Add(batch.Credential[row],
                session = new Misuse { Client = batch.Client[row], Key = batch.Key[row] });
        session!.Rows.Add(batch, row, context.Catalog);
        if (!batch.Subject[row].IsNone && session.People.Count < 1000)
            session.People.Add(batch.Subject[row]);
        return isNew;
    }

    private Finding Theft(List<Misuse> sessions, IReadOnlyList<ActorShares.Found> found, double rate)
    {
        var kind = found[0].Kind.ToString().ToLowerInvariant();
        var values = found.Select(actor => context.Catalog.Symbols.Text(actor.Value)!).ToList();
        var (odd, trials) = (found.Sum(actor => actor.Odd.Count), found.Sum(actor => actor.Trials));
        return Of(sessions, Severity.High) with
        {
            Raised = found.Min(actor => actor.Raised(Math.Log(options.FalseAlarms), rate, _shares.Actors)),
            First = found.Min(actor => actor.Odd.Sample.First),
            Why = $"{Words.Of(odd, trials, "sessions")} of {Named(kind, found.Count)} were {TraitWords}; elsewhere "
                + $"{Words.Share(_shares.OddTrials - odd, _shares.Trials - trials)}. Chance makes one such actor in "
                + string.Create(CultureInfo.InvariantCulture, $"e^{-found.Min(actor => actor.LogChance):0} runs."),
            ActorKind = kind,
            ActorValue = values[0],
            Where = Literals.In(kind, values) + " and " + Name[..Name.IndexOf('-', StringComparison.Ordinal)],
        };
    }

    private Finding Fact(List<KeyValuePair<ulong, Misuse>> told)
    {
        var sessions = told.Select(session => session.Value).ToList();
        var many = told.Count >= 3 || sessions.SelectMany(session => session.People).Distinct().Skip(2).Any();
        var perhaps = MayBeLost(told.Count);
        var fact = Of(sessions, perhaps ? Severity.Low : many ? Severity.High : Severity.Medium);
        return fact with
        {
            Why = perhaps
                ? $"{fact.Why} Of {Words.Number(register.Refreshes)} records that prolong a pass it may have lost as "
                    + "many."
                : fact.Why,
            ActorKind = "credential",
            ActorValue = told[0].Key.ToString("x16", CultureInfo.InvariantCulture),
            Where = Literals.InCredentials(told.Select(session => session.Key)) + " and "
                + Name[..Name.IndexOf('-', StringComparison.Ordinal)],
        };
    }

    private Finding StateOfAffairs(List<Misuse> sessions) => Of(sessions, Severity.Low) with
    {
        Kind = FindingKind.Custody,
        Title = StateTitle,
        Where = Name[..Name.IndexOf('-', StringComparison.Ordinal)],
        Why = $"{Words.Of(sessions.Count, _shares.Trials, "sessions")} were {TraitWords} and answered all the same, "
            + "by nobody in particular: it is how this site works, or its logs do not agree.",
    };

    private Finding Of(List<Misuse> sessions, Severity severity) => new()
    {
        Kind = FindingKind.Access,
        Detector = Name,
        Severity = severity,
        Raised = sessions[0].Rows.First,
        First = sessions[0].Rows.First,
        Last = sessions.Max(session => session.Rows.Last),
        Title = TheftTitle,
        Why = $"{Words.Of(sessions.Count, _shares.Trials, "issued sessions")} were {TraitWords}; of "
            + $"{Words.Number(register.SessionsWithLogin)} sessions that began with a login the issuer's log lacks "
            + $"{Words.Number(register.LostRecords)}.",
        Evidence =
        [
            new Evidence(
                TraitWords, Words.Of(sessions.Count, sessions.Count, "sessions"),
                Words.Of(0, _shares.Trials - sessions.Count, "sessions")),
            new Evidence(
                "from", Words.Number(sessions.Select(session => session.Client).Distinct().Count()) + " addresses", ""),
        ],
        ActorKind = "credential",
        ActorValue = "",
        Where = "",
        Technique = Technique,
        Samples = [.. sessions.SelectMany(session => session.Rows.Locations).Take(5)],
    };

    private static string Named(string kind, int count) =>
        count == 1 ? "one " + kind : Words.Number(count) + " " + kind + "s";
}

/// <summary>A credential is used, and answered, after it expired.</summary>
internal sealed class ExpiredCredentialDetector(
    DetectionContext context, IssuanceRegister register, UnissuedCredentialOptions wholeness,
    MisusedCredentialOptions options) : MisusedCredentialDetector(context, register, wholeness, options)
{
    public override string Name => "expired-credential";
    protected override Trait Trait => Trait.Expired;
    protected override string TraitWords => "used after they expired";
    protected override string TheftTitle => "Customers' data is read with expired passes";
    protected override string StateTitle => "Expired passes are accepted";
    protected override string Technique => "T1550.004";

    protected override bool IsBeyondClocks(AccessBatch batch, int row) =>
        Register.MinutesOver(batch.Credential[row], batch.Time[row].Plus(-Options.ClockSkew)) > 0;

    // Log-ins show that no record of theirs was lost, and say nothing of the refreshes. Were both lost alike, each of
    // these losses would be a refresh with the refreshes' share of both: that all of them are has this chance.
    protected override bool MayBeLost(int sessions) => Register.Refreshes > 0
        && Chance.BinomialTail(
            sessions, sessions, (double)Register.Refreshes / (Register.Refreshes + Register.SessionsWithLogin))
        > Math.Log(Options.LostRefreshes);
}

/// <summary>A credential is used, and answered, for another account than it was issued to.</summary>
internal sealed class BorrowedCredentialDetector(
    DetectionContext context, IssuanceRegister register, UnissuedCredentialOptions wholeness,
    MisusedCredentialOptions options) : MisusedCredentialDetector(context, register, wholeness, options)
{
    public override string Name => "borrowed-credential";
    protected override Trait Trait => Trait.Borrowed;
    protected override string TraitWords => "used for another account than they were issued to";
    protected override string TheftTitle => "Customers' data is read with passes of other accounts";
    protected override string StateTitle => "The issuer's log and the access log do not name accounts alike";
    protected override string Technique => "T1550.001";

    // Who a credential was issued to does not depend on a clock.
    protected override bool IsBeyondClocks(AccessBatch batch, int row) => true;
}
