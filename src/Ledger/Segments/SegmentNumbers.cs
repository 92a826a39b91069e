using System.Globalization;

namespace WhoSaw.Ledger;

/// <summary>Gives segments names that none ever had.</summary>
internal sealed class SegmentNumbers(JournalState state)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>A new name beside that of a segment.</summary>
    public string Beside(string segmentName)
    {
        var folder = segmentName[..(segmentName.LastIndexOf('/') + 1)];
        if (!_numbers.TryGetValue(folder, out var number))
            number = state.EverNamed.Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Max(LedgerLayout.NumberOf);
        _numbers[folder] = ++number;
        return string.Create(CultureInfo.InvariantCulture, $"{folder}{number:D6}.parquet");
    }
}
