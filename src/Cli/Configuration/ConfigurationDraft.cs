using System.Globalization;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Cli;

/// <summary>What a draft says of a source: one format, one or several patterns of files.</summary>
public sealed record DraftSource(
    string Id, IReadOnlyList<string> Paths, string Format, IReadOnlyDictionary<string, string> Fields);

/// <summary>Writes a commented <c>whosaw.yaml</c> for somebody to read, correct and keep.</summary>
public static class ConfigurationDraft
{
    private const int MostOthers = 40;
    private static readonly string[] YamlWords = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    /// <summary>
    /// Writes the draft. Routes that look personal are active, the others stand as comments, each with what was seen
    /// and why. What is written loads without faults as long as the files are there.
    /// </summary>
    public static void Write(TextWriter output, IReadOnlyList<DraftSource> sources, IReadOnlyList<InferredRoute> routes)
    {
        output.WriteLine("# A draft, made from logs: read it before you rely on it. See docs/configuration.md");
        output.WriteLine("version: 1");
        output.WriteLine("# zone: Asia/Seoul              # for times that do not say theirs, and for reports");
        output.WriteLine("sources:");
        foreach (var source in sources)
            WriteSource(output, source);
        WriteRoutes(output, routes);
        output.WriteLine();
        output.WriteLine("# Who and what exists; each makes more findings possible.");
        output.WriteLine("# accounts: members.csv         # account,status (active | dormant | canary)");
        output.WriteLine("# people: people.csv            # account,person: as opaque ids, the holder first");
        output.WriteLine("# keys: keys.csv                # key,created,retired,holder,left");
    }

    private static void WriteSource(TextWriter output, DraftSource source)
    {
        for (var i = 0; i < source.Paths.Count; i++)
        {
            output.WriteLine($"  - id: {Quoted(i == 0 ? source.Id : $"{source.Id}-{i + 1}")}");
            var kind = KindOf(source.Format).ToString().ToLowerInvariant();
            output.WriteLine($"    kind: {kind,-22}# access | issuer | audit (database) | flow");
            output.WriteLine($"    path: {Quoted(source.Paths[i])}");
            output.WriteLine($"    format: {Quoted(source.Format)}");
            if (source.Fields.Count == 0)
                continue;
            var fields = source.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}: {Quoted(field.Value)}");
            output.WriteLine($"    fields: {{{string.Join(", ", fields)}}}");
        }
    }

    /// <summary>Of a format that reads one kind of log; access of those that may read any.</summary>
    internal static SourceKind KindOf(string format) => format == "pgaudit" ? SourceKind.Audit : SourceKind.Access;

    private static void WriteRoutes(TextWriter output, IReadOnlyList<InferredRoute> routes)
    {
        var personal = routes.Where(route => route.LooksPersonal).ToList();
        var others = routes.Where(route => !route.LooksPersonal).ToList();
        output.WriteLine();
        output.WriteLine("# What shows whose data. 'shows' is a guess by the words of the path: correct it.");
        output.WriteLine(personal.Count == 0 ? "routes: []" : "routes:");
        foreach (var route in personal)
            WriteRoute(output, route, "  ");
        if (others.Count == 0)
            return;
        output.WriteLine(personal.Count == 0
            ? "# Nothing looks personal. To name a route, write 'routes:' in place of the line above and uncomment:"
            : "  # Not taken for personal data; uncomment what is:");
        foreach (var route in others.Take(MostOthers))
            WriteRoute(output, route, "  # ");
        if (others.Count > MostOthers)
            output.WriteLine($"  # and {Number(others.Count - MostOthers)} more routes with fewer requests");
    }

    private static void WriteRoute(TextWriter output, InferredRoute inferred, string indent)
    {
        var route = inferred.Route;
        var values = inferred.DistinctValues > 0 ? $", {Counted.Of(inferred.DistinctValues, "different subject")}" : "";
        output.WriteLine($"{indent}# {Counted.Of(inferred.Requests, "request")}{values}: {OneLine(inferred.Why)}");
        var subject = route.Subject.Place switch
        {
            SubjectPlace.Path => "",
            _ => $", subject: {Quoted(route.Subject.ToString())}",
        };
        var others = route.Others > 0 ? $", others: {route.Others.ToString(CultureInfo.InvariantCulture)}" : "";
        output.WriteLine($"{indent}- {{route: {Quoted(route.Route)}, name: {Quoted(route.Name)}{subject}, "
            + $"shows: [{string.Join(", ", route.Shows)}]{others}}}");
    }

    // Plain only where YAML cannot read anything else into it.
    private static string Quoted(string text)
    {
        var plain = text.Length > 0 && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && !YamlWords.Contains(text, StringComparer.OrdinalIgnoreCase);
        if (plain)
            return text;
        return text.Any(char.IsControl)
            ? "\"" + string.Concat(text.Select(Escaped)) + "\""
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Escaped(char character) => character switch
    {
        '"' or '\\' => "\\" + character,
        _ when char.IsControl(character) => $"\\u{(int)character:x4}",
        _ => character.ToString(),
    };

    private static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
