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
    private readonly UnissuedUse _unissued = new(context.Catalog);
    private readonly SessionShare _elsewhere = new();

    public override string Name => "unissued-credential";
    public override long Facts => Magnitude.Of(_unissued.Sessions);

    public override void Observe(AccessBatch batch)
    {
        _unissued.Settle(register.Silences);
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
            if ((traits & Trait.Unissued) != 0)
                _unissued.Add(batch, row);
            else
                _elsewhere.Add(batch, row);
        }
    }

    /// <summary>The fact: passes that nobody issued, under an issuer's log that is whole.</summary>
    public override IEnumerable<Finding> Conclude()
    {
        if (IsWhole && Known().Facts is { Share.Sessions: > 0 } facts)
            yield return Report(facts);
    }

    /// <summary>
    /// What nobody issued, without the sessions whose records may have come late and were lost in a gap: their number.
    /// </summary>
    private (UnissuedSum Facts, long PerhapsLate) Known()
    {
        var (sure, perhapsLate) = _unissued.All(register.Silences());
        var sessions = perhapsLate.Share.Sessions;
        if (sessions > 0 && register.MayBeLate(sessions, Math.Log(options.FalseAlarms)))
            return (sure, sessions);
        sure.Add(perhapsLate);
        return (sure, 0);
    }

    /// <summary>
    /// What is left when the log is not whole, once the other findings are known: actors with more orphans than its
    /// losses make, and stretches in which it is silent.
    /// </summary>
    public IEnumerable<Finding> ConcludeRest()
    {
        var report = new OrphanReport(context, options, _orphans);
        var perhapsLate = register.Gaps.Any() ? Known().PerhapsLate : 0;
        foreach (var (from, to, sessions) in register.Gaps)
            yield return OrphanReport.Gap(Name, from, to, sessions, perhapsLate);
        if (!(context.HasIssuer && IsWhole) && report.Theft(Name, Causes) is { } theft)
            yield return theft;
    }

    internal override int StateVersion => 3;

    internal override void Excuse(ulong credential)
    {
        if (_unissued.TakeBack(credential) is not { } session)
            return;
        _elsewhere.Add(session.Share);
        if (session.Start is { } start)
            _orphans.TakeBack(start.Client, start.Network, start.Agent, start.Key);
    }

    public override void Save(BinaryWriter state)
    {
        _orphans.Save(state);
        _derived.Save(state);
        _unissued.Save(state);
        _elsewhere.Save(state);
    }

    public override void Restore(BinaryReader state)
    {
        _orphans.Restore(state);
        _derived.Restore(state);
        _unissued.Restore(state);
        _elsewhere.Restore(state);
    }

    /// <summary>
    /// Not one login of many lacks its issuer record, and hardly any session looks like an honest one that is older
    /// than the issuer's log: then no session may lack one.
    /// </summary>
    private bool IsWhole =>
        register.LostRecords == 0 && register.SessionsWithLogin >= options.LoginsThatShowWholeness
        && register.PerhapsOlder * 100 <= register.Unexplained;

    private Finding Report(UnissuedSum all)
    {
        var symbols = context.Catalog.Symbols;
        var key = all.Keys.Top(1, symbols);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = Severity.Critical,
            Raised = all.First.Plus(options.Grace),
            First = all.First,
            Last = all.Last,
            Title = "Customers' data is read with passes that nobody issued",
            Why = string.Create(CultureInfo.InvariantCulture,
                $"{Counted.Of(all.Share.Sessions, "session")} {(all.Share.Sessions == 1 ? "was" : "were")} used that "
                    + $"the issuer's log does not know; of "
                    + $"{Counted.Of(register.SessionsWithLogin, "session")} that began with a login it lacks "
                    + $"{register.LostRecords:N0}."),
            Evidence = [.. Reasons(all)],
            ActorKind = key.Count > 0 ? "key" : "credential",
            ActorValue = key.Count > 0 ? key[0].Value : "",
            Where = "unissued",
            Technique = "T1606",
            Samples = [.. all.Samples.Values],
        };
    }

    private IEnumerable<Evidence> Reasons(UnissuedSum all)
    {
        yield return new Evidence(
            "no issuer record", OfSessions(all.Share.Sessions, all.Share.Sessions),
            OfSessions(0, _elsewhere.Sessions));
        yield return new Evidence(
            "no log-in before it", Words.Share(all.Share.WithoutLogin, all.Share.Sessions),
            Words.Share(_elsewhere.WithoutLogin, _elsewhere.Sessions));
        yield return new Evidence(
            "accounts that do not exist", Words.Share(all.Share.AbsentSessions, all.Share.Sessions) + " of tries",
            Words.Share(_elsewhere.AbsentSessions, _elsewhere.Sessions));
        if (context.Accounts.Canaries > 0)
            yield return new Evidence(
                "decoy accounts read", Counted.Of(all.Share.DecoyReads, "time"),
                Counted.Of(_elsewhere.DecoyReads, "time"));
        var symbols = context.Catalog.Symbols;
        foreach (var (key, count) in all.Keys.Top(3, symbols))
            yield return new Evidence("key", $"{key} in {Counted.Of(count, "request")}", "");
        yield return new Evidence(
            "from", Counted.Of(all.Clients.Distinct, "address", "addresses") + " in "
                + Counted.Of(all.Networks.Distinct, "network") + Pace(all), "");
    }

    /// <summary>How often each address asked in the hours in which any did.</summary>
    private static string Pace(UnissuedSum all)
    {
        var each = (double)all.Rows / Math.Max(1, all.Clients.Distinct) / Math.Max(1, all.Hours.Count);
        return each < 1
            ? ", less than one request an hour each"
            : $", about {Counted.Of((long)Math.Round(each), "request")} an hour each";
    }

    private static string OfSessions(long part, long whole) =>
        $"{Words.Number(part)} of {Counted.Of(whole, "session")}";
}
