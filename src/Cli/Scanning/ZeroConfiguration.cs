using System.Globalization;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>Makes a plan of logs alone: recognises the format, infers the routes, and says what it assumed.</summary>
internal static class ZeroConfiguration
{
    /// <summary>
    /// The plan, or null when no log could be understood; with a sentence for every log that could not.
    /// </summary>
    public static (ScanPlan? Plan, IReadOnlyList<string> Faults) Plan(IReadOnlyList<string> logs)
    {
        var faults = new List<string>();
        var inference = new RouteInference();
        var sources = new List<SourceOptions>();
        var sentences = new List<string>();
        TimeZoneInfo? zone = null;
        long requests = 0;
        foreach (var log in logs)
        {
            if (LogSample.Read(log, out var fault) is not { } sample)
            {
                faults.Add(fault);
                continue;
            }
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"{log} reads as {sample.FormatName}: {sample.Share * 100:0.#} % of its first lines do."));
            requests += sample.Feed(inference);
            zone ??= sample.Zone();
            sources.Add(new SourceOptions
            {
                Id = IdOf(log, sources),
                Kind = ConfigurationDraft.KindOf(sample.Options.Format),
                Path = Path.GetFullPath(log),
                Format = sample.Options.Format,
                Fields = sample.Options.Fields ?? new Dictionary<string, string>(),
            });
        }
        if (sources.Count == 0)
            return (null, faults);
        var routes = inference.Infer();
        sentences.Add(string.Create(CultureInfo.InvariantCulture,
            $"Routes are inferred from the first {Counted.Of(requests, "request")}; what looks like personal data "
                + $"is a guess by the words of the path."));
        sentences.Add(zone is null
            ? "Times without an offset are taken for UTC."
            : $"Times are shown in {zone.DisplayName}, as the log writes them; without an offset they "
                + "are taken for UTC.");
        return (new ScanPlan
        {
            Sources = sources,
            Routes = [.. routes.Where(route => route.LooksPersonal).Select(route => route.Route)],
            Zone = zone ?? TimeZoneInfo.Utc,
            BaseDirectory = Directory.GetCurrentDirectory(),
            Assumed = new Assumed(sentences, routes),
            Faults = faults,
        }, faults);
    }

    private static string IdOf(string log, List<SourceOptions> taken)
    {
        var name = Path.GetFileName(log);
        return taken.Exists(source => source.Id == name) ? $"{name}-{taken.Count + 1}" : name;
    }
}
