using System.Globalization;
using WhoSaw.Detection.Absence;
using WhoSaw.Detection.Answers;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Canaries;
using WhoSaw.Detection.Dormancy;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Guessing;
using WhoSaw.Detection.Issuance;
using WhoSaw.Detection.Keys;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.OtherTenants;
using WhoSaw.Detection.Outflow;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Shifts;
using WhoSaw.Detection.Spill;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Walks;
using WhoSaw.Records;

namespace WhoSaw.Detection;

/// <summary>
/// All detectors over one flow of batches: marks traits, lets each look, and joins what has one cause.
/// </summary>
public sealed class DetectorSet
{
    private readonly DetectionContext _context;
    private readonly IssuanceRegister _issuance;
    private readonly TraitMarker _marker;
    private readonly UnissuedCredentialDetector _unissued;
    private readonly CanaryDetector _canary;
    private readonly SuspicionDetector _suspicion;
    private readonly SpillDetector _spill;
    private readonly BreadthDetector _breadth;
    private readonly IReadOnlyList<Announcement> _announcements;
    private readonly IReadOnlyList<Detector> _detectors;

    public DetectorSet(DetectionContext context, DetectionOptions options)
    {
        (_context, _announcements) = (context, options.Announcements);
        _issuance = new IssuanceRegister(context.HasIssuer, options.Memory);
        _marker = new TraitMarker(context, _issuance, options.Memory);
        _unissued = new UnissuedCredentialDetector(context, _issuance, options.UnissuedCredential);
        _canary = new CanaryDetector(context);
        var systems = new AddressSystems(context);
        _suspicion = new SuspicionDetector(context, systems, options.Suspicion)
        {
            IssuerSilences = _issuance.Silences,
        };
        _spill = new SpillDetector(context, options.Spill);
        _breadth = new BreadthDetector(context, systems, options.Breadth, options.Surplus);
        IReadOnlyList<Detector> all =
        [
            _unissued, _suspicion, _canary, _breadth,
            new PeerDetector(context, _breadth, options.Breadth, options.Surplus),
            new ExpiredCredentialDetector(context, _issuance, options.UnissuedCredential, options.MisusedCredential),
            new BorrowedCredentialDetector(context, _issuance, options.UnissuedCredential, options.MisusedCredential),
            new OtherTenantDetector(context), new GuessedPasswordsDetector(context, options.GuessedPasswords),
            new FullerAnswersDetector(context, options.FullerAnswers),
            new AbsentAccountsDetector(context, options.AbsentAccounts, options.Memory),
            new DormantAccountsDetector(context, options.DormantAccounts),
            new WalkDetector(context, options.Walk, options.Memory),
            new ShiftDetector(context, _marker, options.Shift), new KeyCustodyDetector(context, options.KeyCustody),
            new OutflowDetector(context, options.Outflow), _spill,
        ];
        _detectors = [.. all.Where(detector => options.Only?.Contains(detector.Name) ?? true)];
    }

    /// <summary>The bounds on memory that were reached: what was not remembered, in a sentence each.</summary>
    public IEnumerable<MemoryLimit> LimitsReached =>
        _detectors.SelectMany(detector => detector.Limits).Concat([_issuance.Limit, _marker.Limit])
            .Where(limit => limit.PassedOver > 0);

    /// <summary>
    /// False when lines of the past are not known to it: then an earlier finding that does not show is not refuted.
    /// Saved with the rest.
    /// </summary>
    public bool RemembersAll { get; set; } = true;

    /// <summary>
    /// Of every kind of theft that is weighed, the most that any actor's evidence came to, against
    /// <see cref="SuspicionOptions.Threshold"/>. After <see cref="Conclude"/>.
    /// </summary>
    public IReadOnlyList<(string Theft, double Evidence)> LargestEvidence() => _suspicion.Largest();

    /// <summary>The names of all detectors that there are.</summary>
    public static IEnumerable<string> AllNames => new DetectorSet(
        new DetectionContext(new Catalog([]), new AccountDirectory([]), new KeyRegister([]), TimeZoneInfo.Utc, false),
        new DetectionOptions()).Names;

    public IEnumerable<string> Names => _detectors.Select(detector => detector.Name);

    /// <summary>
    /// Sets <see cref="AccessBatch.Traits"/> and lets every detector look. Batches come in the order of the merge.
    /// </summary>
    public void Observe(AccessBatch batch)
    {
        _marker.Mark(batch);
        foreach (var detector in _detectors)
            detector.Observe(batch);
        foreach (var credential in _issuance.TakeLate())
            foreach (var detector in _detectors)
                detector.Excuse(credential);
    }

    /// <summary>Rises when <see cref="Conclude"/> has a new fact to say; cheap.</summary>
    public long Facts
    {
        get
        {
            var facts = 0L;
            foreach (var detector in _detectors)
                facts += detector.Facts;
            return facts;
        }
    }

    /// <summary>
    /// The findings in the order in which they were raised. May be called at any time, and changes nothing that a later
    /// call says.
    /// </summary>
    public IReadOnlyList<Finding> Conclude()
    {
        var stolen = _unissued.Conclude().ToList();
        // One cause, one finding: what the stolen passes read is told there.
        _canary.IgnoresUnissued = _suspicion.IgnoresUnissued = stolen.Count > 0;
        var suspected = _suspicion.Conclude().ToList();
        _canary.Explained = _suspicion.Found;
        if (suspected.Count > 0 && _canary.EvidenceAbout(_suspicion.Found) is { } decoys)
            suspected[0] = suspected[0] with { Evidence = [.. suspected[0].Evidence, decoys] };
        var thefts = stolen.Concat(suspected).ToList();
        var causes = new Causes(stolen.Count > 0, _suspicion.Found);
        foreach (var detector in _detectors)
            detector.Causes = causes;
        if (thefts.Count > 0)
            thefts[0] = thefts[0] with
            {
                Evidence = [.. thefts[0].Evidence, .. _detectors.SelectMany(d => d.EvidenceAbout(causes))],
            };
        var others = _detectors.Where(d => d != _unissued && d != _suspicion).SelectMany(d => d.Conclude())
            .Select(WithSpilt);
        // What jumped for everybody says nothing about these either.
        var rest = _detectors.Contains(_unissued) ? _unissued.ConcludeRest() : [];
        var orphans = rest.Where(finding => finding.Kind != FindingKind.Access
            || !_suspicion.Suspended.Any(jump => jump.From <= finding.First && finding.Last <= jump.To));
        return [.. thefts.Concat(orphans).Concat(Repeats.Join([.. others]))
            .Select(finding => Announcement.Explain(finding, _announcements))
            .OrderByDescending(finding => finding.Kind == FindingKind.Access && finding.Severity >= Severity.Medium)
            .ThenBy(finding => finding.Raised)
            .ThenBy(finding => finding.Detector, StringComparer.Ordinal)
            .ThenBy(finding => finding.Where, StringComparer.Ordinal)
            .Select((finding, place) => finding with { Id = "F" + (place + 1) })];
    }

    /// <summary>Who took files from a server took what lies in clear in its logs.</summary>
    private Finding WithSpilt(Finding finding)
    {
        if (finding.Technique != OutflowReport.WebShell
            || _spill.ResidentNumbersUntil(finding.Last) is not { Count: > 0 } spilt)
            return finding;
        return finding with
        {
            Evidence =
            [
                .. finding.Evidence,
                .. spilt.Take(3).Select(place => new Evidence(
                    "resident numbers in clear by then, if that log left",
                    $"{place.Numbers.ToString("N0", CultureInfo.InvariantCulture)} different in {place.Source} "
                        + place.Place, "")),
            ],
        };
    }

    /// <summary>Writes what a run over newer logs must know of the older ones.</summary>
    /// <param name="stream">Must be able to seek.</param>
    public void Save(Stream stream) => StateParts.Save(
        stream,
        [
            ("memory", 1, state => state.Write(RemembersAll)), ("symbols", 1, _context.SavedSymbols.Save),
            ("issuance", 3, _issuance.Save), ("refreshes", 1, _issuance.SaveRefreshes), ("sessions", 1, _marker.Save),
            ("systems", 1, _breadth.SaveSystems),
            .. _detectors.Select(d => (d.Name, d.StateVersion, (Action<BinaryWriter>)d.Save)),
        ]);

    /// <summary>
    /// Takes up what <see cref="Save"/> wrote, before the first batch; false when some of it was written by another
    /// version, or is not whole. What the versions have in common is taken up.
    /// </summary>
    public bool Restore(Stream stream)
    {
        RemembersAll = false;
        var missing = StateParts.Restore(
            stream,
            [
                ("memory", 1, state => RemembersAll = state.ReadBoolean()),
                ("symbols", 1, _context.SavedSymbols.Restore), ("issuance", 3, _issuance.Restore),
                ("refreshes", 1, _issuance.RestoreRefreshes), ("sessions", 1, _marker.Restore),
                ("systems", 1, _breadth.RestoreSystems),
                .. _detectors.Select(d => (d.Name, d.StateVersion, (Action<BinaryReader>)d.Restore)),
            ]);
        _context.SavedSymbols.Forget();
        var isWhole = missing is { Count: 0 };
        RemembersAll &= isWhole;
        return isWhole;
    }
}
