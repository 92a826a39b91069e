using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Canaries;

/// <summary>A decoy account was read. Nobody owns one, so nobody reads it by right.</summary>
internal sealed class CanaryDetector(DetectionContext context) : Detector
{
    private readonly List<Read> _reads = [];

    public override string Name => "canary";
    public override long Facts => Magnitude.Of(_reads.Count);

    private readonly record struct Read(
        EventTime Time, SubjectId Decoy, ulong Credential, Symbol Principal, Symbol Client, bool Unissued,
        RecordLocation Location);

    /// <summary>
    /// Reads by sessions that were issued: the others belong to the finding of passes that nobody issued.
    /// </summary>
    public bool IgnoresUnissued { get; set; }

    /// <summary>Actors whom another finding names already: their reads are told there.</summary>
    public IReadOnlySet<Actor> Explained { get; set; } = new HashSet<Actor>();

    /// <summary>
    /// The reads that a finding which names these actors should tell of; null where decoys cannot tell anything.
    /// </summary>
    public Evidence? EvidenceAbout(IReadOnlySet<Actor> actors)
    {
        if (context.Accounts.Canaries == 0)
            return null;
        var theirs = _reads.Count(read => IsBy(read, actors));
        return new Evidence("decoy accounts read", Times(theirs), Times(_reads.Count - theirs));
    }

    public override void Observe(AccessBatch batch)
    {
        if (context.Accounts.Canaries == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            if ((batch.Traits[row] & Trait.Canary) == 0 || batch.Outcome[row] != Outcome.Disclosed)
                continue;
            _reads.Add(new Read(
                batch.Time[row], batch.Subject[row], batch.Credential[row], batch.Principal[row], batch.Client[row],
                (batch.Traits[row] & Trait.Unissued) != 0,
                new RecordLocation(context.Catalog.Files[batch.File[row]].Path, batch.Offset[row])));
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var reads = _reads.Where(read => !(IgnoresUnissued && read.Unissued) && !IsBy(read, Explained)).ToList();
        if (reads.Count == 0)
            yield break;
        var (kind, value, where) = ReadersOf(reads);
        var first = reads.Min(read => read.Time);
        var decoys = reads.Select(read => read.Decoy).Distinct().Count();
        yield return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = Severity.High,
            Raised = first,
            First = first,
            Last = reads.Max(read => read.Time),
            Title = "Decoy accounts are read",
            Why = string.Create(CultureInfo.InvariantCulture,
                $"{decoys:N0} of {context.Accounts.Canaries:N0} decoy accounts were read; nobody has a reason to."),
            Evidence =
            [
                new Evidence("decoy accounts read", Times(reads.Count), Times(_reads.Count - reads.Count)),
            ],
            ActorKind = kind,
            ActorValue = value,
            Where = where,
            Technique = "T1119",
            Samples = [.. reads.Take(5).Select(read => read.Location)],
        };
    }

    internal override void Excuse(ulong credential)
    {
        for (var i = 0; i < _reads.Count; i++)
            if (_reads[i].Unissued && _reads[i].Credential == credential)
                _reads[i] = _reads[i] with { Unissued = false };
    }

    public override void Save(BinaryWriter state)
    {
        state.Write(_reads.Count);
        foreach (var read in _reads)
        {
            state.WriteTime(read.Time);
            state.Write(read.Decoy.Value);
            state.Write(read.Credential);
            state.WriteSymbol(context.Catalog, read.Principal);
            state.WriteSymbol(context.Catalog, read.Client);
            state.Write(read.Unissued);
            state.WriteLocation(read.Location);
        }
    }

    public override void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _reads.Add(new Read(
                state.ReadTime(), new SubjectId(state.ReadInt64()), state.ReadUInt64(),
                state.ReadSymbol(context.Catalog), state.ReadSymbol(context.Catalog), state.ReadBoolean(),
                state.ReadLocation()));
    }

    private static bool IsBy(Read read, IReadOnlySet<Actor> actors) =>
        (read.Credential != 0 && actors.Contains(new Actor(ActorKind.Credential, read.Credential)))
        || (!read.Principal.IsNone && actors.Contains(new Actor(ActorKind.Principal, (ulong)read.Principal.Index)));

    private static string Times(int count) => Counted.Of(count, "time");

    /// <summary>
    /// The narrowest actors that the reads have: sessions, else employees and services, else addresses.
    /// </summary>
    private (string Kind, string Value, string Where) ReadersOf(List<Read> reads)
    {
        var symbols = context.Catalog.Symbols;
        var clauses = new List<string>();
        var credentials = reads.Where(read => read.Credential != 0).Select(read => read.Credential).Distinct().ToList();
        if (credentials.Count > 0)
            clauses.Add(Literals.InCredentials(credentials));
        var principals = reads.Where(read => read.Credential == 0 && !read.Principal.IsNone)
            .Select(read => symbols.Text(read.Principal)!).Distinct().ToList();
        if (principals.Count > 0)
            clauses.Add(Literals.In("principal", principals));
        var clients = reads.Where(read => read.Credential == 0 && read.Principal.IsNone && !read.Client.IsNone)
            .Select(read => symbols.Text(read.Client)!).Distinct().ToList();
        if (clients.Count > 0)
            clauses.Add(Literals.In("client", clients));
        var where = clauses.Count == 0 ? "canary" : string.Join(" or ", clauses);
        if (credentials.Count > 0)
            return ("credential", credentials.Min().ToString("x16", CultureInfo.InvariantCulture), where);
        return principals.Count > 0 ? ("principal", principals.Min(StringComparer.Ordinal)!, where)
            : ("client", clients.Min(StringComparer.Ordinal) ?? "", where);
    }
}
