using System.Text.Json;

namespace WhoSaw.Ledger;

/// <summary>
/// What the journal says of one case of an incident. Read from the entries as they are written: what a case is, is not
/// for this room to know.
/// </summary>
public static class CaseEntries
{
    private const string FindingMark = "finding:";

    /// <summary>
    /// The findings that the case names as evidence. Throws <see cref="LedgerException"/> when there is no such case.
    /// </summary>
    public static IReadOnlyList<string> Findings(string directory, string id)
    {
        var journal = new JournalVerification(directory, new VerificationOptions());
        journal.Run();
        var events = journal.Raw.Where(entry => IsOf(entry, id)).ToList();
        if (events.Count == 0)
            throw new LedgerException($"There is no case {id} in this ledger.");
        return [.. events.SelectMany(Evidence).Where(text => text.StartsWith(FindingMark, StringComparison.Ordinal))
            .Select(text => text[FindingMark.Length..]).Distinct(StringComparer.Ordinal)];
    }

    internal static bool IsOf(ReadOnlyMemory<byte> entry, string id)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement.TryGetProperty("case", out var named) && named.ValueKind == JsonValueKind.String
            && string.Equals(named.GetString(), id, StringComparison.OrdinalIgnoreCase);
    }

    private static List<string> Evidence(ReadOnlyMemory<byte> entry)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement.TryGetProperty("evidence", out var evidence)
            && evidence.ValueKind == JsonValueKind.Array
            ? [.. evidence.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String)
                .Select(each => each.GetString()!)]
            : [];
    }
}
