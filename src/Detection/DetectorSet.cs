using System.Globalization;
using System.Text;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Canaries;
using WhoSaw.Detection.Issuance;
using WhoSaw.Detection.Keys;
using WhoSaw.Detection.Outflow;
using WhoSaw.Detection.Spill;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection;

/// <summary>
/// All detectors over one flow of batches: marks traits, lets each look, and joins what has one cause.
/// </summary>
public sealed class DetectorSet
{
    private const int StateVersion = 3;

    private readonly IssuanceRegister _issuance = new();
    private readonly TraitMarker _marker;
    private readonly UnissuedCredentialDetector _unissued;
    private readonly CanaryDetector _canary;
    private readonly BreadthDetector _breadth;
    private readonly SuspicionDetector _suspicion;
    private readonly SpillDetector _spill;
    private readonly IReadOnlyList<Detector> _detectors;

    public DetectorSet(DetectionContext context, DetectionOptions options)
    {
        _marker = new TraitMarker(context, _issuance);
        _unissued = new UnissuedCredentialDetector(context, _issuance, options.UnissuedCredential);
        _canary = new CanaryDetector(context);
        _breadth = new BreadthDetector(context, options.Breadth);
        _suspicion = new SuspicionDetector(context, options.Suspicion);
        _spill = new SpillDetector(context, options.Spill);
        _detectors =
        [
            _unissued, _suspicion, _canary, _breadth, new KeyCustodyDetector(context),
            new OutflowDetector(context, options.Outflow), _spill,
        ];
    }

    /// <summary>Observations beyond <see cref="SuspicionOptions.MostObservations"/>, which were not weighed.</summary>
    public long PassedOver => _suspicion.PassedOver;

    public IEnumerable<string> Names => _detectors.Select(detector => detector.Name);

    /// <summary>
    /// Sets <see cref="AccessBatch.Traits"/> and lets every detector look. Batches come in the order of the merge.
    /// </summary>
    public void Observe(AccessBatch batch)
    {
        _marker.Mark(batch);
        foreach (var detector in _detectors)
            detector.Observe(batch);
    }

    /// <summary>The findings in the order in which they were raised.</summary>
    public IReadOnlyList<Finding> Conclude()
    {
        var stolen = _unissued.Conclude().ToList();
        // One cause, one finding: what the stolen passes read is told there.
        _canary.IgnoresUnissued = _breadth.IgnoresUnissued = _suspicion.IgnoresUnissued = stolen.Count > 0;
        var suspected = _suspicion.Conclude().ToList();
        _breadth.Explained = _canary.Explained = _suspicion.Found;
        if (suspected.Count > 0 && _canary.EvidenceAbout(_suspicion.Found) is { } decoys)
            suspected[0] = suspected[0] with { Evidence = [.. suspected[0].Evidence, decoys] };
        var others = _detectors.Where(d => d != _unissued && d != _suspicion).SelectMany(d => d.Conclude())
            .Select(WithSpilt);
        return [.. stolen.Concat(suspected).Concat(others)
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
    public void Save(Stream stream)
    {
        using var state = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        state.Write(StateVersion);
        _issuance.Save(state);
        _marker.Save(state);
        foreach (var detector in _detectors)
            detector.Save(state);
    }

    /// <summary>
    /// Takes up what <see cref="Save"/> wrote; false when it was written by another version, and nothing was taken up.
    /// </summary>
    public bool Restore(Stream stream)
    {
        using var state = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (state.ReadInt32() != StateVersion)
            return false;
        _issuance.Restore(state);
        _marker.Restore(state);
        foreach (var detector in _detectors)
            detector.Restore(state);
        return true;
    }
}
