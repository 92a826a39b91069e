using System.Reflection;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Clocks;

/// <summary>The duties of all jurisdictions, from the files of laws/.</summary>
public sealed class LawBook
{
    private LawBook(IReadOnlyList<Duty> duties) => Duties = duties;

    public IReadOnlyList<Duty> Duties { get; }

    /// <summary>Null when there is no such duty.</summary>
    public Duty? Find(string id) => Duties.FirstOrDefault(each => each.Id == id);

    /// <summary>The laws that come with the product.</summary>
    public static LawBook Embedded() => Read(EmbeddedFiles());

    /// <summary>
    /// The laws of a folder, such as a later version of laws/. Throws <see cref="FormatException"/> that names the file
    /// and what is wrong in it.
    /// </summary>
    public static LawBook Read(string folder) => Read(
        Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(path => ("laws/" + Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path))));

    private static LawBook Read(IEnumerable<(string Name, string Text)> files)
    {
        var sorted = files.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var holidays = sorted.Where(file => file.Name.StartsWith("laws/holidays/", StringComparison.Ordinal))
            .Select(file => Parse(file, () => JsonSerializer.Deserialize(file.Text, LawJson.Default.HolidayFile)!))
            .ToDictionary(file => file.Name, file => new WorkingDays(file), StringComparer.Ordinal);
        var duties = sorted.Where(file => !file.Name.StartsWith("laws/holidays/", StringComparison.Ordinal))
            .SelectMany(file => Parse(file, () =>
                DutiesOf(JsonSerializer.Deserialize(file.Text, LawJson.Default.LawFile)!, holidays)))
            .ToList();
        var twice = duties.GroupBy(duty => duty.Id).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new FormatException($"two duties are called {twice.Key}");
        var ids = duties.Select(duty => duty.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var duty in duties)
            foreach (var version in duty.Versions)
                foreach (var other in new[] { version.StartsWithNotice, version.AfterNotice, version.ReplacedBy })
                    if (other is not null && !ids.Contains(other))
                        throw new FormatException($"{duty.Id} names {other}, which is no duty");
        return new LawBook(duties);
    }

    private static IEnumerable<(string, string)> EmbeddedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("laws/", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    private static T Parse<T>((string Name, string Text) file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is JsonException or FormatException or UnparsableValueException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{file.Name}: {fault.Message}", fault);
        }
    }

    private static List<Duty> DutiesOf(LawFile law, Dictionary<string, WorkingDays> holidays)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(law.Zone)
            ?? throw new FormatException($"there is no time zone {law.Zone}");
        var days = law.Holidays is null ? WorkingDays.None
            : holidays.GetValueOrDefault(law.Holidays)
                ?? throw new FormatException($"there is no laws/holidays/{law.Holidays}.json");
        return [.. law.Duties.Select(duty => new Duty
        {
            Id = duty.Id,
            Jurisdiction = law.Jurisdiction,
            JurisdictionName = law.Name,
            What = duty.What,
            To = duty.To,
            Addressee = duty.Addressee,
            Zone = zone,
            NotVerified = law.NotVerified,
            Holidays = days,
            Versions = VersionsOf(law, duty),
        })];
    }

    private static List<DutyVersion> VersionsOf(LawFile law, DutyEntry duty)
    {
        var versions = new List<DutyVersion>();
        for (var i = 0; i < duty.Versions.Length; i++)
        {
            var entry = duty.Versions[i];
            var next = i + 1 < duty.Versions.Length ? Day(duty.Versions[i + 1].InForce) : null;
            versions.Add(VersionOf(law, duty, entry, Day(entry.Until) ?? next));
        }
        if (!versions.Select(each => each.InForce).OfType<LocalDate>().SequenceEqual(
            versions.Select(each => each.InForce).OfType<LocalDate>().Distinct().Order()))
            throw new FormatException($"the versions of {duty.Id} are not in the order of their days");
        return versions;
    }

    private static DutyVersion VersionOf(LawFile law, DutyEntry duty, VersionEntry entry, LocalDate? until)
    {
        if (entry.Grade is not ("P" or "S" or "U" or "I"))
            throw new FormatException($"{duty.Id} has the grade {entry.Grade}; there are P, S, U and I");
        if (entry.Starts.Length + entry.Each.Length == 0 && entry.StartsWithNotice is null)
            throw new FormatException($"{duty.Id} begins with nothing");
        return new DutyVersion
        {
            InForce = Day(entry.InForce),
            Until = until,
            Clause = entry.Clause,
            Sources = [.. entry.Source.Select(key => law.Sources.TryGetValue(key, out var url) ? url
                : throw new FormatException($"{duty.Id} names the source {key}, which is not listed"))],
            Grade = entry.Grade,
            Unverified = entry.Unverified,
            Starts = Kinds(duty.Id, entry.Starts),
            StartsWithNotice = entry.StartsWithNotice,
            CautiousFrom = Kinds(duty.Id, entry.CautiousFrom),
            Each = Kinds(duty.Id, entry.Each),
            AfterNotice = entry.AfterNotice,
            Deadline = new Deadline(entry.Deadline.Kind, entry.Deadline.N, entry.Deadline.UpTo,
                entry.Deadline.FirstDay, entry.Deadline.Rolls),
            MetBy = Kinds(duty.Id, entry.MetBy),
            EndsOn = Kinds(duty.Id, entry.EndsOn),
            ReplacedBy = entry.ReplacedBy,
            Contents = entry.Contents,
            UnknownAllowed = entry.UnknownAllowed,
            Remark = entry.Remark,
            Applies = Condition.Parse(entry.Applies),
        };
    }

    private static List<CaseEventKind> Kinds(string duty, string[] names) => [.. names.Select(name =>
        new CaseEventKind(name) is var kind && CaseEventKind.Known.Contains(kind) ? kind
            : throw new FormatException($"{duty} names the event {name}, which there is not"))];

    private static LocalDate? Day(string? text) =>
        text is null ? null : LocalDatePattern.Iso.Parse(text).GetValueOrThrow();
}
