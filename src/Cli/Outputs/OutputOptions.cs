using WhoSaw.Incidents.Delivery;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

internal enum OutputKind : byte
{
    JsonLines,
    Ocsf,
    Webhook,
    Syslog,
    Mail,
}

internal enum SyslogTransport : byte
{
    Udp,
    Tcp,
    Tls,
}

/// <summary>Where findings go besides the page. Holds no secret: only where one is to be had.</summary>
public sealed record OutputOptions
{
    internal OutputKind Kind { get; init; }

    /// <summary>Of a file: absolute.</summary>
    internal string Path { get; init; } = "";

    /// <summary>Of a webhook.</summary>
    internal Uri? Url { get; init; }

    /// <summary>The environment variable, or the file, with the webhook's secret or the mail's password.</summary>
    internal string? SecretVariable { get; init; }
    internal string? SecretPath { get; init; }

    /// <summary>Of a webhook: the body is an OCSF event.</summary>
    internal bool SendsOcsf { get; init; }

    /// <summary>Of syslog and mail.</summary>
    internal string Host { get; init; } = "";
    internal int Port { get; init; } = 514;
    internal SyslogTransport Transport { get; init; }

    /// <summary>Of mail.</summary>
    internal MailSecurity Security { get; init; }
    internal string From { get; init; } = "";
    internal IReadOnlyList<string> To { get; init; } = [];
    internal string? User { get; init; }
    internal string? TrustPath { get; init; }

    /// <summary>At least so long between two letters.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What is less severe is not sent.</summary>
    internal Severity Least { get; init; }

    /// <summary>For messages: never the whole address, for some carry a secret in it.</summary>
    internal string Name => Kind switch
    {
        OutputKind.Webhook => $"the webhook at {Url!.Host}",
        OutputKind.Mail => $"mail by {Host}:{Port}",
        OutputKind.Syslog => $"syslog at {Host}:{Port}",
        _ => Path,
    };
}
