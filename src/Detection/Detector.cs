using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection;

/// <summary>
/// Watches batches in the order of the merge and says what it found. It never looks at the wall clock. To add one: a
/// class of this kind with its options in a folder of its own, one line in <see cref="DetectorSet"/>, a page in
/// <c>docs/detectors/</c>.
/// </summary>
public abstract class Detector
{
    /// <summary>As in findings and documentation: lower case with hyphens.</summary>
    public abstract string Name { get; }

    public abstract void Observe(AccessBatch batch);

    /// <summary>What was found so far, in the order in which it was raised.</summary>
    public abstract IEnumerable<Finding> Conclude();

    /// <summary>
    /// The version of what <see cref="Save"/> writes; state that another one wrote is not taken up.
    /// </summary>
    internal virtual int StateVersion => 1;

    /// <summary>What other findings name already; asked before <see cref="Conclude"/>.</summary>
    internal virtual Causes Causes { get; set; } = Causes.None;

    /// <summary>What this detector saw of a theft that another one's finding names, as reasons for that one.</summary>
    internal virtual IEnumerable<Evidence> EvidenceAbout(Causes causes) => [];

    /// <summary>
    /// A session that was taken for unissued was issued after all: its record came later than its first use.
    /// </summary>
    internal virtual void Excuse(ulong credential)
    {
    }

    /// <summary>
    /// Rises when there is something new to be said at once: a fact that needs no weighing. A watch asks this, and
    /// concludes when it rose; what has to be weighed it finds when it concludes now and then.
    /// </summary>
    public virtual long Facts => 0;

    /// <summary>The bounds on what it remembers.</summary>
    internal virtual IEnumerable<MemoryLimit> Limits => [];

    /// <summary>
    /// Writes what a later run over newer logs must know; symbols are numbers of one run and are never written.
    /// </summary>
    public virtual void Save(BinaryWriter state)
    {
    }

    public virtual void Restore(BinaryReader state)
    {
    }
}

/// <summary>
/// What detectors may ask about: the directories of the company and the names behind the numbers of a batch.
/// </summary>
/// <param name="HasIssuer">An issuer log is configured, so that a credential can be known as issued.</param>
public sealed record DetectionContext(
    Catalog Catalog, AccountDirectory Accounts, KeyRegister Keys, TimeZoneInfo Zone, bool HasIssuer)
{
    internal SymbolKeys SymbolKeys { get; } = new(Catalog.Symbols);
    internal SavedSymbols SavedSymbols { get; } = new(Catalog.Symbols);

    /// <summary>The autonomous system of an address, as <c>AS64500</c>; null where a table of them is not configured.
    /// Asked on the thread of the run.</summary>
    public Func<ReadOnlySpan<byte>, string?>? SystemOf { get; init; }

    /// <summary>Traits of addresses that are marked because tables of them are configured.</summary>
    public Trait OfAddresses { get; init; }
}
