using System.Globalization;
using System.Text;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>
/// The keys that sign passes: one a quarter, and a backup key for failures of the login system, a copy of which an
/// engineer took along. Number 0 is the backup key.
/// </summary>
internal sealed class SigningKeys
{
    public const int Backup = 0;
    public const string Leaver = "engineer-41";

    private readonly Clock _clock;
    private readonly DateOnly _firstQuarter;

    public SigningKeys(Clock clock, int days)
    {
        _clock = clock;
        _firstQuarter = QuarterOf(clock.DateOf(-SessionRules.LongestDays));
        var last = QuarterOf(clock.DateOf(days));
        var count = (last.Year - _firstQuarter.Year) * 4 + (last.Month - _firstQuarter.Month) / 3 + 1;
        Names = [$"k-backup-{BackupCreated:yyyy-MM}",
            .. Enumerable.Range(0, count).Select(i => $"k-main-{_firstQuarter.AddMonths(3 * i):yyyy-MM}")];
        Bytes = [.. Names.Select(Encoding.ASCII.GetBytes)];
    }

    public IReadOnlyList<string> Names { get; }
    public byte[][] Bytes { get; }

    /// <summary>The key's copy stayed behind when its holder left, at the end of the year before.</summary>
    public DateOnly HolderLeft => new(_clock.Start.Year - 1, 12, 31);

    private DateOnly BackupCreated => new(_clock.Start.Year - 1, 4, 11);

    /// <summary>The key that signs on a day when nothing is wrong.</summary>
    public byte MainOn(int day)
    {
        var quarter = QuarterOf(_clock.DateOf(day));
        return (byte)(1 + (quarter.Year - _firstQuarter.Year) * 4 + (quarter.Month - _firstQuarter.Month) / 3);
    }

    /// <summary><c>keys.csv</c>: a key is retired when the last pass that it signed has run out.</summary>
    public void Write(TextWriter file)
    {
        file.Write("key,created,retired,holder,left\n");
        for (var key = 1; key < Names.Count; key++)
        {
            var created = _firstQuarter.AddMonths(3 * (key - 1));
            var isCurrent = key == Names.Count - 1;
            var end = created.AddMonths(3).AddDays(SessionRules.LongestDays + 1);
            WriteRow(file, key, created, isCurrent ? null : end, null);
        }
        WriteRow(file, Backup, BackupCreated, null, HolderLeft);
        WriteRow(file, Backup, BackupCreated, null, null);
    }

    private void WriteRow(TextWriter file, int key, DateOnly created, DateOnly? retired, DateOnly? left)
    {
        var holder = left is null ? "auth-platform" : Leaver;
        file.Write(string.Create(CultureInfo.InvariantCulture,
            $"{Names[key]},{created:yyyy-MM-dd},{retired:yyyy-MM-dd},{holder},{left:yyyy-MM-dd}\n"));
    }

    private static DateOnly QuarterOf(DateOnly date) => new(date.Year, (date.Month - 1) / 3 * 3 + 1, 1);
}
