using System.Text.Json;

namespace WhoSaw.Intake.Formats;

/// <summary>Finds the format of a log from a sample of it.</summary>
public static class FormatRecognition
{
    private const int Sample = 400;

    // the more particular first: on equal terms the earlier wins
    private static readonly string[] TextCandidates =
    [
        "aws-elb", "aws-s3", "cloudfront", "w3c-iis", "pgaudit", "haproxy", "envoy", "combined",
    ];

    private static readonly (string Format, string[] Keys)[] JsonMarks =
    [
        ("caddy", ["request.uri", "request.method", "ts"]),
        ("traefik", ["ClientHost", "RequestPath", "StartUTC"]),
        ("envoy", ["response_code", "start_time", "bytes_sent"]),
        ("akamai-ds2", ["cliIP", "reqPath", "reqTimeSec"]),
        ("cloudtrail", ["eventName", "eventSource", "eventTime"]),
    ];

    /// <summary>
    /// The known format that reads most of the sample (lines without line ends) and of each line the most. For JSON
    /// that no preset knows, the options carry a mapping guessed from the names of the keys, and the name says so. Null
    /// when nothing reads at least half. The share is of the lines that are not directives.
    /// </summary>
    public static (FormatOptions Options, string Name, double Share)? Recognise(IReadOnlyList<byte[]> sampleLines)
    {
        var lines = sampleLines.Where(line => line.Length > 0).Take(Sample).ToList();
        if (lines.Count == 0)
            return null;
        var candidates = lines.Count(LooksLikeJson) * 2 > lines.Count
            ? JsonCandidates(lines)
            : [.. TextCandidates.Select(Named)];
        (FormatOptions Options, string Name, double Share, double Fields)? best = null;
        foreach (var (options, name) in candidates)
        {
            if (Try(options, lines) is not { } tried || tried.Share < 0.5)
                continue;
            if (best is null || tried.Share * tried.Fields > best.Value.Share * best.Value.Fields * 1.0001)
                best = (options, name, tried.Share, tried.Fields);
        }
        if (best is not { } found)
            return null;
        if (found.Name == "combined")
            (found.Options, found.Name) = Named(CommonKind(lines));
        // both read what a #Fields line names; IIS has no tabs, other units, and writes spaces otherwise
        if (found.Name == "cloudfront" && !lines.Exists(line => line.Contains((byte)'\t')))
            (found.Options, found.Name) = Named("w3c-iis");
        return (found.Options, found.Name, found.Share);
    }

    private static (FormatOptions Options, string Name) Named(string name) => (new FormatOptions(name), name);

    private static bool LooksLikeJson(byte[] line)
    {
        var text = line.AsSpan().Trim(" \t"u8);
        return text.Length > 1 && text[0] == '{' && text[^1] == '}';
    }

    private static (double Share, double Fields)? Try(FormatOptions options, List<byte[]> lines)
    {
        if (FormatCatalog.Create(options) is not { } format)
            return null;
        var fields = new LineFields();
        int read = 0, refused = 0, set = 0;
        format.BeginBlock(default);
        foreach (var line in lines)
        {
            fields.Clear();
            var reason = format.Parse(line, fields);
            if (reason == RejectReason.None)
            {
                read++;
                set += Count(fields);
            }
            else if (reason != RejectReason.Directive)
            {
                refused++;
            }
        }
        return read == 0 ? null : ((double)read / (read + refused), (double)set / read);
    }

    private static int Count(LineFields fields)
    {
        var count = fields.HasTime ? 1 : 0;
        count += fields.StatusStated ? 1 : 0;
        count += fields.Bytes >= 0 ? 1 : 0;
        count += fields.Duration >= 0 ? 1 : 0;
        foreach (var field in Enum.GetValues<LineField>())
            count += field is not (LineField.Stem or LineField.Query) && fields.Has(field) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// The family of the common log format has one reader; which of its names fits best shows in what is there.
    /// </summary>
    private static string CommonKind(List<byte[]> lines)
    {
        var format = FormatCatalog.Create(new FormatOptions("combined"))!;
        var fields = new LineFields();
        int requests = 0, durations = 0, forwarded = 0, agents = 0, read = 0;
        foreach (var line in lines)
        {
            fields.Clear();
            if (format.Parse(line, fields) != RejectReason.None)
                continue;
            read++;
            requests += fields.Has(LineField.Request) ? 1 : 0;
            durations += fields.Duration >= 0 ? 1 : 0;
            forwarded += fields.Has(LineField.Forwarded) ? 1 : 0;
            agents += fields.Has(LineField.Agent) || fields.Has(LineField.Referrer) ? 1 : 0;
        }
        return requests * 2 > read ? "nginx-ingress"
            : durations * 2 > read ? "traefik"
            : forwarded > 0 ? "nginx"
            : agents == 0 ? "common"
            : "combined";
    }

    private static List<(FormatOptions Options, string Name)> JsonCandidates(List<byte[]> lines)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines.Where(LooksLikeJson))
            CollectKeys(line, keys);
        var candidates = new List<(FormatOptions, string)>();
        foreach (var (format, marks) in JsonMarks)
        {
            if (Array.TrueForAll(marks, keys.Contains))
                candidates.Add(Named(format));
        }
        if (candidates.Count > 0)
            return candidates;
        var mapping = Guess(keys);
        // a time alone tells of nobody
        if (mapping.ContainsKey("time") && mapping.Count > 1)
            candidates.Add((
                new FormatOptions("json", mapping), $"json, fields guessed from the names of {mapping.Count} keys"));
        return candidates;
    }

    private static SortedDictionary<string, string> Guess(HashSet<string> keys)
    {
        var mapping = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in JsonPresets.Usual)
        {
            var (field, paths) = JsonPresets.Split(entry);
            var path = Array.Find(paths, candidate => keys.Contains(candidate) && !taken.Contains(candidate));
            if (path is null)
                continue;
            mapping[field] = path;
            taken.Add(path);
        }
        return mapping;
    }

    private static void CollectKeys(byte[] line, HashSet<string> keys)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            CollectKeys(document.RootElement, "", 0, keys);
        }
        catch (JsonException)
        {
            // a sample may hold a line that is cut off: the others show the keys
        }
    }

    private static void CollectKeys(JsonElement element, string path, int depth, HashSet<string> keys)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (keys.Count > 4096)
                return;
            if (property.Value.ValueKind == JsonValueKind.Object && depth < 4)
                CollectKeys(property.Value, path + property.Name + '.', depth + 1, keys);
            else
                keys.Add(path + property.Name);
        }
    }
}
