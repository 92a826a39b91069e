namespace WhoSaw.Intake.Formats;

/// <summary>All formats, by name or format string.</summary>
public static class FormatCatalog
{
    private static readonly string[] KnownNames =
    [
        "nginx", "apache", "common", "combined", "vhost_combined", "nginx-ingress", "traefik", "caddy", "envoy",
        "haproxy", "w3c-iis", "cloudfront", "aws-elb", "aws-s3", "cloudtrail", "pgaudit", "akamai-ds2", "json",
    ];

    public static IReadOnlyList<string> Names => KnownNames;

    /// <summary>A reader of its own for one worker; null where <see cref="Validate"/> has something to say.</summary>
    public static LineFormat? Create(FormatOptions options)
    {
        if (Validate(options).Count > 0)
            return null;
        var zone = options.Zone ?? TimeZoneInfo.Utc;
        if (IsFormatString(options.Format))
            return FormatProgram.Compile(options.Format, options.Fields, out _) is { } program
                ? new FormatStringFormat(options.Format, program, zone)
                : null;
        var json = new JsonLineReader(
            JsonPresets.Paths(options.Format, options.Fields), zone, JsonPresets.Finish(options.Format));
        return options.Format switch
        {
            "caddy" or "akamai-ds2" or "json" => new JsonFormat(options.Format, json, Framing.Lines),
            "cloudtrail" => new JsonFormat(options.Format, json, Framing.JsonArray),
            "envoy" => new EnvoyFormat(zone, json),
            "haproxy" => new HaproxyFormat(zone),
            "w3c-iis" => new W3cFormat(options.Format, false, zone),
            "cloudfront" => new W3cFormat(options.Format, true, zone),
            "aws-elb" => new ElbFormat(zone),
            "aws-s3" => new S3Format(zone),
            "pgaudit" => new PgauditFormat(zone),
            _ => new ClfFormat(options.Format, zone, json),
        };
    }

    /// <summary>What is wrong with the options, in words for whoever wrote them; empty when nothing is.</summary>
    public static IReadOnlyList<string> Validate(FormatOptions options)
    {
        var faults = new List<string>();
        foreach (var (name, path) in options.Fields ?? new Dictionary<string, string>())
        {
            if (!FieldNames.TryFind(name, out _))
                faults.Add($"fields: there is no field '{name}'; known: {string.Join(", ", FieldNames.All)}");
            else if (string.IsNullOrWhiteSpace(path))
                faults.Add($"fields: '{name}' names no place in the line");
        }
        if (IsFormatString(options.Format))
        {
            if (FormatProgram.Compile(options.Format, options.Fields, out var fault) is null)
                faults.Add($"format: {fault}");
        }
        else if (!KnownNames.Contains(options.Format))
        {
            faults.Add($"format: '{options.Format}' is neither a known name ({string.Join(", ", KnownNames)}) "
                + "nor a format string with $variables or %directives");
        }
        else if (options.Format == "json" && options.Fields is { Count: > 0 } && !options.Fields.ContainsKey("time"))
        {
            faults.Add("fields: 'time' is missing, and without it no line is a record");
        }
        return faults;
    }

    private static bool IsFormatString(string format) => format.AsSpan().IndexOfAny('$', '%') >= 0;
}
