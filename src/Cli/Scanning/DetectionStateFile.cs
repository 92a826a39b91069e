using WhoSaw.Detection;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Scanning;

/// <summary>What detection knows from one run to the next, bound to the ledger's last commit.</summary>
internal sealed class DetectionStateFile(string ledger)
{
    private const string Behind = "The run before this one was a watch that did not end: sessions and habits that it "
        + "saw are unknown to this run. Let the watch go on and end it, then scan.";

    private readonly BoundState _state = new(ledger, "detection");

    /// <summary>Takes up the state of the ledger's last run; a sentence when there should be one and is not.</summary>
    public string? Restore(DetectorSet detectors, LedgerContents contents)
    {
        detectors.RemembersAll = contents.Sources.Count == 0;
        if (contents.DetectionState is not { } digest)
            return contents.IsDetectionBehind ? Behind : null;
        using var state = _state.Open(digest);
        if (state is null)
            return "The state of detection that belongs to this ledger is missing or damaged; sessions and habits from "
                + "before this run are unknown to it.";
        if (!detectors.Restore(state))
            return "The state of detection was written by another version and was not taken up; "
                + "sessions before this run are unknown to it.";
        detectors.RemembersAll &= !contents.IsDetectionBehind;
        return contents.IsDetectionBehind ? Behind : null;
    }

    /// <summary>Durable when this returns; the digest is for the commit.</summary>
    public string Save(DetectorSet detectors) => _state.Save(detectors.Save);

    public void RemoveOthers(string kept) => _state.RemoveOthers(kept);
}
