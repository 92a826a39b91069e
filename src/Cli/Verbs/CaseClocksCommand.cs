using System.CommandLine;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw case clocks</c>: what is due, to whom, by when, why, and what is missing.</summary>
internal static class CaseClocksCommand
{
    public static Command Create(Host host)
    {
        var id = CaseOptions.Case();
        var options = CaseOptions.Create();
        var laws = CaseOptions.Laws();
        var all = new Option<bool>("--all") { Description = "Also what does not apply, has ended or was met." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line instead of the page." };
        var language = CommonOptions.Language();
        var command = new Command("clocks", "Say what is due, to whom, by when, why, what is missing, what is late.")
        {
            id, options.Ledger, options.At, all, json, laws, language,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(options.Ledger)!;
            var journal = new CaseJournal(directory, host);
            if (journal.Find(parsed.GetValue(id)!) is not { } incident
                || CaseOptions.ReadLaws(host, parsed.GetValue(laws)) is not { } book)
                return ExitStatus.Usage;
            if (!MomentText.TryRead(parsed.GetValue(options.At), DisplayZone.Read(directory), out var at))
                return host.Fail(ExitStatus.Usage, "--at takes a time such as 2026-11-23T10:00:00+09:00");
            var clocks = ClockBoard.Of(incident, book, at ?? journal.Now);
            if (parsed.GetValue(json))
            {
                using var output = host.OpenOutput();
                foreach (var clock in clocks)
                    CaseClockJson.Write(output, clock);
            }
            else
                CaseClocksPage.Write(host.Page(), incident, clocks, at ?? journal.Now, directory,
                    parsed.GetValue(all), CommonOptions.LanguageOf(parsed.GetValue(language)));
            return clocks.Any(clock => clock.State == ClockState.Overdue) ? ExitStatus.Findings : ExitStatus.Nothing;
        });
        return command;
    }
}
