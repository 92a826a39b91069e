using System.CommandLine;
using WhoSaw.Incidents.Delivery;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw case send</c>: tells the people of the scope, each once.</summary>
internal static class CaseSendCommand
{
    private const string PasswordVariable = "WHOSAW_SMTP_PASSWORD";
    private const string TokenVariable = "WHOSAW_SMS_TOKEN";

    public static Command Create(Host host)
    {
        var id = CaseOptions.Case();
        var options = CaseOptions.Create();
        var notice = Text("--notice", "The approved notice.", "F.md");
        notice.Required = true;
        var outbox = Text("--outbox",
            "A folder for contacts and states, outside the ledger; kept until all is told.", "DIR");
        outbox.Required = true;
        var contacts = Text("--contacts",
            "A file person,email,phone,language; read once, when the outbox is made.", "F.csv");
        var smtp = Text("--smtp", "The mail server.", "HOST:PORT");
        var security = new Option<MailSecurity>("--security")
        {
            Description = "StartTls, Tls, or None for a server on this machine.",
            DefaultValueFactory = _ => MailSecurity.StartTls,
        };
        var trust = Text("--trust", "Certificates that the server's must be or be signed by.", "F.pem");
        var from = Text("--from", "The sender's address, which people can look up.", "ADDRESS");
        var user = Text("--user", $"Log in as; the password comes from {PasswordVariable}.", "NAME");
        var webhook = Text("--sms",
            $"A gateway for text messages, as second channel; its token from {TokenVariable}.", "URL");
        var connections = Number("--connections", "Connections to the server.", 4);
        var rate = new Option<double>("--rate") { Description = "At most so many a second; 0: no limit." };
        var limit = Number("--limit", "Try at most so many people now.", int.MaxValue);
        var log = Text("--accepted-log", "The server's log: decides what is in doubt after a crash.", "F");
        var bounces = Text("--bounces", "A file of messages that came back, with their Message-IDs.", "F");
        var repeat = new Option<bool>("--repeat-doubtful")
        {
            Description =
                "Send again, under the same Message-ID, what is in doubt: at least once instead of at most once.",
        };
        var post = new Option<bool>("--will-post")
        {
            Description = "Those without a contact will be told by a posting of 30 days.",
        };
        var release = new Option<bool>("--release")
        {
            Description = "You looked at the first batch: let the rest go. Not by the one who drafted.",
        };
        var duties = new Option<string[]>("--for")
        {
            Description = "Other duties that these letters serve too, such as kr-network-48-3-4.",
            HelpName = "DUTY",
        };
        var command = new Command("send", "Send an approved notice to the people of the scope, each exactly once.")
        {
            id, options.Ledger, notice, outbox, contacts, smtp, security, trust, from, user, webhook, connections,
            rate, limit, log, bounces, repeat, post, release, duties, options.By,
        };
        command.SetAction(async (parsed, cancellation) => await new CaseSendVerb(host, new SendRequest
        {
            Case = parsed.GetValue(id)!,
            Ledger = parsed.GetValue(options.Ledger)!,
            Notice = parsed.GetValue(notice)!,
            Outbox = parsed.GetValue(outbox)!,
            Contacts = parsed.GetValue(contacts),
            Smtp = parsed.GetValue(smtp),
            Security = parsed.GetValue(security),
            Trust = parsed.GetValue(trust),
            From = parsed.GetValue(from),
            User = parsed.GetValue(user),
            Password = Environment.GetEnvironmentVariable(PasswordVariable),
            Webhook = parsed.GetValue(webhook),
            Token = Environment.GetEnvironmentVariable(TokenVariable),
            Dispatch = new DispatchOptions
            {
                Connections = Math.Clamp(parsed.GetValue(connections), 1, 256),
                RatePerSecond = parsed.GetValue(rate),
                Limit = Math.Max(1, parsed.GetValue(limit)),
                RepeatDoubtful = parsed.GetValue(repeat),
            },
            AcceptedLog = parsed.GetValue(log),
            Bounces = parsed.GetValue(bounces),
            WillPost = parsed.GetValue(post),
            Release = parsed.GetValue(release),
            Duties = parsed.GetValue(duties) ?? [],
            By = parsed.GetValue(options.By)!,
        }).RunAsync(cancellation).ConfigureAwait(false));
        return command;
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<int> Number(string name, string description, int otherwise) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
}

/// <summary>What the options of <c>case send</c> say.</summary>
internal sealed record SendRequest
{
    public required string Case { get; init; }
    public required string Ledger { get; init; }
    public required string? Notice { get; init; }
    public required string? Outbox { get; init; }
    public string? Contacts { get; init; }
    public string? Smtp { get; init; }
    public MailSecurity Security { get; init; }
    public string? Trust { get; init; }
    public string? From { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    public string? Webhook { get; init; }
    public string? Token { get; init; }
    public required DispatchOptions Dispatch { get; init; }
    public string? AcceptedLog { get; init; }
    public string? Bounces { get; init; }
    public bool WillPost { get; init; }
    public bool Release { get; init; }
    public IReadOnlyList<string> Duties { get; init; } = [];
    public required string By { get; init; }
}
