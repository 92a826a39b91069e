using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw ledger timestamp</c> and <c>change-key</c>: who stands by the journal, and since when.</summary>
internal static class LedgerKeyCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Timestamp(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var authority = new Option<Uri>("--authority")
        {
            Description = "The authority to ask, by RFC 3161 over HTTP.",
            HelpName = "URL",
            Required = true,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
                    && url.Scheme is "http" or "https")
                    return url;
                result.AddError("--authority takes an address that begins with http:// or https://.");
                return null;
            },
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "The authority's certificate, or that of its issuer; any is taken otherwise.",
            HelpName = "F",
        };
        var options = Watching.Options();
        var command = new Command("timestamp", "Have an authority say that the journal existed by now.")
        {
            ledger, authority, certificate, options.By,
        };
        command.SetAction(parsed =>
        {
            var (url, path) = (parsed.GetValue(authority)!, parsed.GetValue(certificate));
            if (path is not null && !File.Exists(path))
                return host.Fail(ExitStatus.Usage, $"there is no file {path}");
            var stamped = Timestamping.Stamp(
                parsed.GetValue(ledger)!, LedgerKeys.Options(), request => Ask(url, request),
                path is null ? null : File.ReadAllBytes(path), parsed.GetValue(options.By)!,
                EventTime.From(host.Clock.GetUtcNow()));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{stamped.Authority} says that {stamped.Entries:#,0} entries existed on {stamped.Stamped}."));
            host.Out.WriteLine($"Kept as {stamped.Token.Name}, of {stamped.Checkpoint.Name}.");
            return ExitStatus.Nothing;
        });
        return command;
    }

    public static Command ChangeKey(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var key = new Option<string>("--new-key")
        {
            Description = "The file of the new signing key; made where there is none.",
            HelpName = "F",
            Required = true,
        };
        var options = Watching.Options();
        var command = new Command("change-key", "Sign with another key from now on; the old one signs that it is so.")
        {
            ledger, key, options.Reason, options.By,
        };
        command.SetAction(parsed =>
        {
            var who = Watching.Of(host, parsed, options);
            if (!who.HasReason())
                return ExitStatus.Usage;
            var path = parsed.GetValue(key)!;
            var text = KeyRotation.Run(
                parsed.GetValue(ledger)!, LedgerKeys.Options(), SigningKeyFile.LoadOrCreate(path), who.Reason!, who.By,
                who.Now);
            host.Out.WriteLine($"The key is now {text}");
            host.Out.WriteLine($"Sign with it: {LedgerKeys.KeyVariable}={path}");
            return ExitStatus.Nothing;
        });
        return command;
    }

    private static byte[] Ask(Uri authority, byte[] request)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var answer = client.PostAsync(authority, content).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode
                ? answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()
                : throw new LedgerException($"{authority.Host} answered with status {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new LedgerException($"{authority.Host} does not answer: {exception.Message}", exception);
        }
    }
}
