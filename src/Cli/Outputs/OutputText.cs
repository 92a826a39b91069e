using System.Globalization;
using System.Net;

namespace WhoSaw.Cli.Outputs;

/// <summary>An output on the command line.</summary>
internal static class OutputText
{
    public const string SecretVariable = "WHOSAW_WEBHOOK_SECRET";

    /// <summary>
    /// Reads <c>json-lines:F</c>, <c>ocsf:F</c>, <c>syslog+udp://HOST:PORT</c> (tcp, tls) or <c>https://…</c>, a
    /// webhook whose secret is in the environment where it has one. Null with a sentence for anything else.
    /// </summary>
    public static OutputOptions? Read(string text, out string fault)
    {
        fault = "";
        foreach (var (prefix, kind) in new[] { ("json-lines:", OutputKind.JsonLines), ("ocsf:", OutputKind.Ocsf) })
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length)
                return new OutputOptions { Kind = kind, Path = Path.GetFullPath(text[prefix.Length..]) };
        if (text.StartsWith("syslog+", StringComparison.Ordinal))
            return Syslog(text["syslog+".Length..], out fault);
        if (text.StartsWith("http", StringComparison.Ordinal))
            return Url(text, out fault) is { } url
                ? new OutputOptions
                {
                    Kind = OutputKind.Webhook,
                    Url = url,
                    SecretVariable = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SecretVariable))
                        ? null : SecretVariable,
                }
                : null;
        fault = "--output takes json-lines:F, ocsf:F, syslog+udp://HOST:PORT (or tcp, tls) or https://HOST/PATH";
        return null;
    }

    /// <summary>An address to post to; in clear only to this machine.</summary>
    public static Uri? Url(string text, out string fault)
    {
        fault = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp || url.UserInfo.Length > 0)
            fault = "a webhook is an address such as https://example.com/hook, without a name or password in it";
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            fault = "findings do not go over the network in clear: the address begins with https";
        return fault.Length == 0 ? url : null;
    }

    private static OutputOptions? Syslog(string text, out string fault)
    {
        fault = "--output takes syslog+udp://HOST:PORT, or tcp or tls";
        var parts = text.Split("://", 2);
        if (parts.Length != 2 || !Enum.TryParse<SyslogTransport>(parts[0], ignoreCase: true, out var transport)
            || parts[0].Any(char.IsAsciiDigit))
            return null;
        var colon = parts[1].LastIndexOf(':');
        var isBare = IPAddress.TryParse(parts[1], out _) || colon < 0;
        var port = transport == SyslogTransport.Tls ? 6514 : 514;
        var host = isBare ? parts[1] : parts[1][..colon];
        if (!isBare && !int.TryParse(parts[1].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out port) || port is < 1 or > 65535 || host.Length == 0)
            return null;
        fault = "";
        return new OutputOptions
        {
            Kind = OutputKind.Syslog,
            Host = host.Trim('[', ']'),
            Port = port,
            Transport = transport,
        };
    }
}
