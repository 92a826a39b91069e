using WhoSaw.Records;

namespace WhoSaw.Cli.Tuning;

/// <summary>What a replay of the past raised at several settings.</summary>
/// <param name="Standing">The findings of the ledger that are compared: medium or above, of the stretch.</param>
/// <param name="Outside">Findings of the ledger that were raised outside the stretch.</param>
/// <param name="From">The first time in the logs that were replayed, issuers' aside.</param>
internal sealed record TuneOutcome(
    IReadOnlyList<Finding> Standing, IReadOnlyList<Finding> Outside, IReadOnlyList<TunedDetector> Detectors,
    PastLogs Logs, EventTime From, EventTime To, IReadOnlyList<string> Notices)
{
    /// <summary>At least one: what a few hours raise says little of a day.</summary>
    public double Days => Math.Max(1, (To.Microseconds - From.Microseconds) / (double)EventTime.Day);
}

/// <summary>One detector at each of its settings, in ascending order.</summary>
internal sealed record TunedDetector(Dial Dial, IReadOnlyList<TunedSetting> Settings)
{
    /// <summary>Whether the ledger has a finding of this detector's own, by which its time can be told.</summary>
    public bool HasOwn => Settings[0].Own.Any();

    /// <summary>False when every setting raises as much, and tells of what stands at the same time.</summary>
    public bool MakesDifference =>
        Settings.Select(setting => (setting.Findings, setting.ByItself)).Distinct().Count() > 1
        || Settings.Any(setting => !Alarms(setting).SequenceEqual(Alarms(Settings[0])));

    /// <summary>The detector and what was tried, in words.</summary>
    public string Span =>
        $"{Dial.Detector} ({Dial.Setting} {Dial.Text(Settings[0].Value)} to {Dial.Text(Settings[^1].Value)})";

    private static IEnumerable<(string?, EventTime?)> Alarms(TunedSetting setting) =>
        setting.Told.Select(told => (told.Here?.Detector, told.Here?.Raised));
}

/// <summary>What all detectors raised when one of them had this setting.</summary>
/// <param name="Raised">Everything, of whatever severity.</param>
/// <param name="Told">For each finding that stands, what tells of it here; null where nothing does.</param>
internal sealed record TunedSetting(
    string Detector, double Value, bool IsPresent, IReadOnlyList<Finding> Raised,
    IReadOnlyList<(Finding Standing, Finding? Here)> Told)
{
    /// <summary>Those that somebody has to look at.</summary>
    public int Findings => Raised.Count(IsAlarm);

    /// <summary>Those of them by the detector itself.</summary>
    public int ByItself => Raised.Count(finding => IsAlarm(finding) && finding.Detector == Detector);

    public int Found => Told.Count(told => told.Here is not null);

    /// <summary>Those that tell of nothing that stands.</summary>
    public IEnumerable<Finding> New => Raised.Where(IsAlarm).Where(finding => Told.All(told => told.Here != finding));

    /// <summary>The standing findings of this detector.</summary>
    public IEnumerable<(Finding Standing, Finding? Here)> Own =>
        Told.Where(told => told.Standing.Detector == Detector);

    /// <summary>
    /// The median of its own findings' hours from their first record to the alarm; null when none is found.
    /// </summary>
    public double? HoursToDetect
    {
        get
        {
            var hours = Own.Where(own => own.Here is not null)
                .Select(own => Hours(own.Standing.First, own.Here!.Raised)).Order().ToList();
            return hours.Count == 0 ? null : (hours[(hours.Count - 1) / 2] + hours[hours.Count / 2]) / 2;
        }
    }

    public static bool IsAlarm(Finding finding) => finding.Severity >= Severity.Medium;

    public static double Hours(EventTime from, EventTime to) =>
        (to.Microseconds - from.Microseconds) / (double)EventTime.Hour;
}
