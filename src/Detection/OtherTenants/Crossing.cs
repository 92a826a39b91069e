using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.OtherTenants;

/// <summary>
/// The answers of one operation that showed a tenant another's accounts, and what tenants were shown besides from the
/// first of them to the last.
/// </summary>
internal sealed class Crossing
{
    private const int MostUnlisted = 10_000;

    private readonly List<SubjectId> _unlistedSince = [];
    private long _unlistedViewsSince;
    private long _own;
    private long _ownSince;

    public Stretch Time;
    public readonly HashSet<SubjectId> Subjects = [];
    public readonly ActorTally Principals = new();
    public readonly List<RecordLocation> Samples = [];

    public long Views { get; private set; }

    /// <summary>Accounts of nobody, as far as the directory says: they were deleted, perhaps.</summary>
    public HashSet<SubjectId> Unlisted { get; } = [];

    public long UnlistedViews { get; private set; }

    /// <summary>
    /// Whether the accounts that are not listed may be taken for another tenant's: no tenant was shown its own then,
    /// and all are held.
    /// </summary>
    public bool TakesUnlisted => _own == 0 && UnlistedViews <= MostUnlisted;

    /// <summary>An answer with an account of another tenant.</summary>
    public void See(EventTime time, SubjectId subject)
    {
        Time.See(time);
        Views++;
        Subjects.Add(subject);
        _own += _ownSince;
        UnlistedViews += _unlistedViewsSince;
        Unlisted.UnionWith(_unlistedSince);
        _unlistedSince.Clear();
        (_ownSince, _unlistedViewsSince) = (0, 0);
    }

    /// <summary>An answer to a tenant with an own account, or with one that the directory does not list.</summary>
    public void SeeOther(SubjectId subject, bool isListed)
    {
        if (isListed)
        {
            _ownSince++;
            return;
        }
        _unlistedViewsSince++;
        if (_unlistedViewsSince <= MostUnlisted)
            _unlistedSince.Add(subject);
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        Time.Save(state);
        foreach (var count in new[] { Views, UnlistedViews, _unlistedViewsSince, _own, _ownSince })
            state.Write(count);
        foreach (var subjects in (IReadOnlyCollection<SubjectId>[])[Subjects, Unlisted, _unlistedSince])
        {
            state.Write(subjects.Count);
            foreach (var subject in subjects)
                state.Write(subject.Value);
        }
        Principals.Save(state, catalog);
        state.WriteLocations(Samples);
    }

    public static Crossing Restore(BinaryReader state, Catalog catalog)
    {
        var crossing = new Crossing
        {
            Time = Stretch.Restore(state),
            Views = state.ReadInt64(),
            UnlistedViews = state.ReadInt64(),
            _unlistedViewsSince = state.ReadInt64(),
            _own = state.ReadInt64(),
            _ownSince = state.ReadInt64(),
        };
        ICollection<SubjectId>[] all = [crossing.Subjects, crossing.Unlisted, crossing._unlistedSince];
        foreach (var subjects in all)
            for (var left = state.ReadInt32(); left > 0; left--)
                subjects.Add(new SubjectId(state.ReadInt64()));
        crossing.Principals.Restore(state, catalog);
        crossing.Samples.AddRange(state.ReadLocations());
        return crossing;
    }
}
