using System.CommandLine;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary>What the verbs of a case have in common.</summary>
internal sealed record CaseOptions(
    Option<string> Ledger, Option<string> By, Option<string?> At, Option<string[]> Evidence, Option<string[]> Facts,
    Option<string?> Note)
{
    public static Argument<string> Case() => new("CASE") { Description = "The case's id, such as C1." };

    public static CaseOptions Create() => new(
        CommonOptions.Ledger(required: true), Watching.Options().By,
        new Option<string?>("--at")
        {
            Description = "When it happened, such as 2026-11-23T10:00+09:00; now otherwise.",
            HelpName = "TIME",
        },
        new Option<string[]>("--evidence")
        {
            Description = "What shows it: finding:F1, sha256:HEX or reference:TEXT; as often as needed.",
            HelpName = "E",
        },
        new Option<string[]>("--fact")
        {
            Description = "A fact that duties depend on, such as external-access=yes; as often as needed.",
            HelpName = "NAME=VALUE",
        },
        new Option<string?>("--note") { Description = "In your words; no personal data.", HelpName = "TEXT" });

    public static Option<string?> Laws() => new("--laws")
    {
        Description = "A folder of laws to use instead of those that came with the product.",
        HelpName = "DIR",
    };

    /// <summary>Null, after saying so, when the laws cannot be read.</summary>
    public static LawBook? ReadLaws(Host host, string? folder)
    {
        try
        {
            return folder is null ? LawBook.Embedded() : LawBook.Read(folder);
        }
        catch (FormatException fault)
        {
            host.Fail(ExitStatus.Usage, fault.Message);
            return null;
        }
    }

    /// <summary>An event of that kind as the options say it; null, after saying so, when one does not read.</summary>
    public CaseEvent? Read(Host host, ParseResult parsed, CaseEventKind kind)
    {
        var directory = parsed.GetValue(Ledger)!;
        var now = EventTime.From(host.Clock.GetUtcNow());
        if (!MomentText.TryRead(parsed.GetValue(At), DisplayZone.Read(directory), out var at))
        {
            host.Fail(ExitStatus.Usage, "--at takes a time such as 2026-11-23T10:00:00+09:00");
            return null;
        }
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Facts) ?? [])
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1)
            {
                host.Fail(ExitStatus.Usage, $"--fact takes NAME=VALUE, not {text}");
                return null;
            }
            facts[text[..cut]] = text[(cut + 1)..];
        }
        return new CaseEvent
        {
            Case = "",
            Number = 0,
            Kind = kind,
            At = at ?? now,
            Recorded = now,
            By = parsed.GetValue(By)!,
            Evidence = parsed.GetValue(Evidence) ?? [],
            Facts = facts,
            Note = parsed.GetValue(Note),
        };
    }
}
