using WhoSaw.Cli.Tuning;
using WhoSaw.Detection;

namespace WhoSaw.Cli;

/// <summary>Reads <c>detection</c>: other settings of detectors than the usual ones.</summary>
internal static class DetectionReader
{
    public static DetectionOptions Read(YamlValue? value, FaultList faults)
    {
        var options = new DetectionOptions();
        if (value is null)
            return options;
        var detectors = new Section(
            value, "'detection'", [.. Dial.All.Select(dial => dial.Detector).Distinct()], faults);
        foreach (var dials in Dial.All.GroupBy(dial => dial.Detector))
        {
            if (detectors.Value(dials.Key) is not { } given)
                continue;
            var section = new Section(given, $"'{dials.Key}'", [.. dials.Select(dial => dial.Setting)], faults);
            foreach (var dial in dials)
            {
                var setting = dial.IsWhole
                    ? section.Number(dial.Setting, (int)dial.Least, (int)dial.Most)
                    : section.Measure(dial.Setting, dial.Least, dial.Most);
                if (setting is { } set)
                    options = dial.Turn(options, set);
            }
        }
        return options;
    }
}
