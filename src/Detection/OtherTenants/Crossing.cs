using WhoSaw.Detection.Findings;
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
}
