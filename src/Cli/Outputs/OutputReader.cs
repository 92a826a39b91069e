using WhoSaw.Incidents.Delivery;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

/// <summary>Reads the list <c>outputs</c>.</summary>
internal sealed class OutputReader(string folder, FaultList faults)
{
    private static readonly string[] Kinds = ["json-lines", "ocsf", "webhook", "syslog", "mail"];
    private static readonly string[] Transports = ["udp", "tcp", "tls"];
    private static readonly string[] Securities = ["starttls", "tls", "none"];
    private static readonly string[] Bodies = ["json", "ocsf"];
    private static readonly string[] Severities = ["info", "low", "medium", "high", "critical"];

    public OutputOptions? Read(YamlValue value)
    {
        var section = new Section(value, "an output", KnownWords.Output, faults);
        if (OneOf(section, "kind", Kinds, isRequired: true) is not { } kind)
            return null;
        var options = new OutputOptions
        {
            Kind = (OutputKind)kind,
            Least = (Severity)(OneOf(section, "least", Severities) ?? 0),
        };
        return options.Kind switch
        {
            OutputKind.Webhook => Webhook(section, options),
            OutputKind.Syslog => Syslog(section, options),
            OutputKind.Mail => Mail(section, options),
            _ => section.RequiredText("path") is { } path
                ? options with { Path = Path.GetFullPath(Path.Combine(folder, path)) }
                : null,
        };
    }

    private OutputOptions? Webhook(Section section, OutputOptions options)
    {
        if (section.RequiredText("url") is not { } text)
            return null;
        if (OutputText.Url(text, out var fault) is not { } url)
        {
            faults.Add(section.Place("url"), fault);
            return null;
        }
        return WithSecret(section, options) with { Url = url, SendsOcsf = OneOf(section, "body", Bodies) == 1 };
    }

    private OutputOptions WithSecret(Section section, OutputOptions options)
    {
        var (variable, path) = (section.Text("secret-env"), section.Text("secret-file"));
        if (section.Value("secret") is { } secret)
            faults.Add(secret, "a secret does not belong here: name 'secret-env' or 'secret-file', where it is");
        if (variable is not null && path is not null)
            faults.Add(section.Place("secret-file"), "'secret-env' and 'secret-file' are two places of one secret");
        return options with
        {
            SecretVariable = variable,
            SecretPath = path is null ? null : Path.GetFullPath(Path.Combine(folder, path)),
        };
    }

    private OutputOptions? Mail(Section section, OutputOptions options)
    {
        var (host, from) = (section.RequiredText("host"), section.RequiredText("from"));
        var security = (MailSecurity)(OneOf(section, "security", Securities) ?? 0);
        if (section.Value("to") is null)
            faults.Add(section.Place("to"), "an output needs 'to', a list of addresses");
        var to = section.List("to").Select(each => each.Text).ToList();
        if (from is not null)
            to.Add(from);
        foreach (var address in to.Where(address => !PlainMail.IsAddress(address)))
            faults.Add(section.Place("to"), $"'{address}' is no address of mail");
        if (host is null || from is null)
            return null;
        if (security == MailSecurity.None && host is not ("localhost" or "127.0.0.1" or "::1"))
            faults.Add(section.Place("security"), "findings do not go over the network in clear: take starttls or tls");
        return WithSecret(section, options) with
        {
            Host = host,
            Port = section.Number("port", 1, 65535) ?? (security == MailSecurity.Tls ? 465 : 587),
            Security = security,
            From = from,
            To = to[..^1],
            User = section.Text("user"),
            TrustPath = section.NamedFile("trust", folder),
            Pause = TimeSpan.FromSeconds(section.Number("pause", 0, 86_400) ?? 60),
        };
    }

    private OutputOptions? Syslog(Section section, OutputOptions options)
    {
        var transport = (SyslogTransport)(OneOf(section, "transport", Transports) ?? 0);
        var port = section.Number("port", 1, 65535) ?? (transport == SyslogTransport.Tls ? 6514 : 514);
        return section.RequiredText("host") is { } host
            ? options with { Host = host, Port = port, Transport = transport }
            : null;
    }

    private int? OneOf(Section section, string key, string[] known, bool isRequired = false)
    {
        var text = isRequired ? section.RequiredText(key) : section.Text(key);
        if (text is null)
            return null;
        var place = Array.IndexOf(known, text);
        if (place >= 0)
            return place;
        faults.Add(section.Place(key),
            $"'{text}' is no {key} of an output: it is one of {string.Join(", ", known)}."
            + NearestWord.Hint(text, known));
        return null;
    }
}
