using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Incidents.Cases;

/// <summary>Something that happened in a case; the host keeps it as a journal entry (docs/formats/case.md).</summary>
public sealed record CaseEvent
{
    /// <summary>C1, C2, …; DRILL1, … in an exercise.</summary>
    public required string Case { get; init; }

    /// <summary>1, 2, 3, … within the case.</summary>
    public required int Number { get; init; }
    public required CaseEventKind Kind { get; init; }

    /// <summary>When it happened, as its person states it. Clocks run from here.</summary>
    public required EventTime At { get; init; }

    /// <summary>When it was written down.</summary>
    public required EventTime Recorded { get; init; }

    /// <summary>Who acted, decided or came to know.</summary>
    public required string By { get; init; }

    /// <summary>Each <c>finding:F1</c>, <c>sha256:…</c>, <c>hold:H1</c> or <c>reference:…</c>.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
    public int? Version { get; init; }

    /// <summary>Ids of duties that it serves.</summary>
    public IReadOnlyList<string> Duties { get; init; } = [];
    public IReadOnlyDictionary<string, string> Facts { get; init; } = NoFacts;
    public string? Note { get; init; }
    public bool Drill { get; init; }

    /// <summary>The digest of the document that it is about; null when it names none.</summary>
    public string? Sha256 => Evidence.Where(each => each.StartsWith(DigestPrefix, StringComparison.Ordinal))
        .Select(each => each[DigestPrefix.Length..]).FirstOrDefault();

    /// <summary>The number of the event that this one withdraws; null for other kinds.</summary>
    public int? Withdraws => Kind == CaseEventKind.Withdrawn
        && int.TryParse(
            Facts.GetValueOrDefault("event"), NumberStyles.None, CultureInfo.InvariantCulture, out var meant)
            ? meant : null;

    /// <summary>How a document is named in <see cref="Evidence"/>.</summary>
    public const string DigestPrefix = "sha256:";
    private static readonly IReadOnlyDictionary<string, string> NoFacts = new Dictionary<string, string>();
}
