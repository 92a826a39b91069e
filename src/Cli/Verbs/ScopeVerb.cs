using System.Security.Cryptography;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Versions;
using Told = WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw scope</c>: who was exposed, exactly.</summary>
internal sealed class ScopeVerb(Host host, Watching who)
{
    public int Run(ScopeArguments asked)
    {
        var directory = asked.Directory;
        var ledger = LedgerContents.Read(directory);
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        var (chosen, status) = asked.Growth is null ? Chosen(ledger, asked) : Grown(engine, asked);
        if (chosen is null)
            return status;
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = chosen.Where,
            Growth = chosen.Steps,
            DayOffset = DisplayZone.Read(directory).BaseUtcOffset,
            Gaps = [.. Coverage.Gaps(ledger).Select(gap =>
                new CoverageGap(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines))],
        });
        if (asked.Output is not null)
            WriteExposures(scope, asked.Output);
        var number = Record(directory, scope, chosen.Ids, asked.Output);
        if (asked.Json == "-")
            WriteJson(scope);
        else if (asked.Json is { } json)
            AskedFile.Write(json, file => scope.WriteJson(file));
        if (asked.Report is { } report)
            AskedFile.Write(report, file =>
            {
                using var page = new StreamWriter(file) { NewLine = "\n" };
                var zone = DisplayZone.Read(directory);
                ScopeReport.Write(page, scope, number, engine.Actors(scope.Predicate),
                    CoverageDays.Around(scope, ledger, zone), zone, asked.Language);
            });
        if (asked.Json != "-")
            ScopePage.Write(host.Page(), Summary(
                directory, scope, number, chosen.Ids, asked.Where, asked.Output, asked.Json,
                asked.Report), asked.Language);
        return ExitStatus.Nothing;
    }

    /// <summary>What the scope is of.</summary>
    private sealed record Choice(
        IReadOnlyList<Predicate> Where, IReadOnlyList<string> Ids, IReadOnlyList<GrowthStep> Steps);

    private (Choice?, int) Chosen(LedgerContents ledger, ScopeArguments asked) =>
        FindingPredicates.Of(ledger, asked.Findings, asked.Where, host) is { } chosen
        && FindingPredicates.PointToRecords(asked.Findings, chosen.Predicates, host)
            ? (new Choice(chosen.Predicates, chosen.Ids, []), ExitStatus.Nothing)
            : (null, ExitStatus.Usage);

    private (Choice?, int) Grown(ScopeEngine engine, ScopeArguments asked)
    {
        var (seed, dialogue) = asked.Growth!.Value;
        if (asked.Findings.Count > 0)
            return (null, host.Fail(ExitStatus.Usage, "a scope is of findings, or grown: not both"));
        var zone = DisplayZone.Read(asked.Directory);
        if (seed.Expression(asked.Where, zone, host) is not { } text
            || FindingPredicates.Parse(text, host) is not { } predicate)
            return (null, ExitStatus.Usage);
        var grown = engine.Grow(predicate);
        if (dialogue.Accepted(grown, zone, asked.Language) is not { } accepted)
            return (null, ExitStatus.Findings);
        return accepted.Count == 0
            ? (null, grown.Outflows.Count > 0 ? ExitStatus.Findings : ExitStatus.Nothing)
            : (new Choice([.. accepted.Select(step => step.Literal)], [], accepted), ExitStatus.Nothing);
    }

    /// <summary>A scope that could not be recorded is not handed out.</summary>
    private int Record(string directory, Scope scope, IReadOnlyList<string> ids, string? output)
    {
        var archive = new ScopeArchive(directory);
        var kept = archive.Keep(scope, withRows: output is not null);
        try
        {
            who.Record(directory, new ScopeIssued(
                output is null ? null : Digest(output), ids, scope.Accounts, scope.Views, who.Reason, who.By)
            {
                Number = kept.Number,
                Document = kept.Document,
                Rows = kept.Rows,
            });
        }
        catch (LedgerException)
        {
            archive.Forget(kept);
            if (output is not null)
                File.Delete(output);
            throw;
        }
        return kept.Number;
    }

    /// <summary>SHA-256 of a file, as the journal has it.</summary>
    public static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private void WriteJson(Scope scope)
    {
        using var output = host.OpenOutput();
        scope.WriteJson(output);
    }

    private static void WriteExposures(Scope scope, string output)
    {
        if (output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
            AskedFile.Write(output, () => scope.WriteParquet(output));
        else
            AskedFile.Write(output, file => scope.WriteCsv(file));
    }

    private static Pages.ScopeSummary Summary(
        string directory, Scope scope, int number, IReadOnlyList<string> ids, string? where,
        params IEnumerable<string?> written) =>
        new()
        {
            Number = number,
            Accounts = scope.Accounts,
            People = scope.People.Known,
            PeopleBounds = (scope.People.AtLeast, scope.People.AtMost),
            Views = scope.Views,
            First = scope.First,
            Last = scope.Last,
            Zone = DisplayZone.Read(directory),
            Operations =
                [.. scope.Operations.Select(o => new Told.OperationCount(o.Name, o.Accounts, o.Views, o.Fields))],
            Canaries = StoryTeller.Canaries(scope),
            Gaps = [.. scope.Coverage.Gaps.Select(gap => new GapStory(gap.Stream, gap.From, gap.To, gap.Reason))],
            CannotTell = scope.Coverage.Complete ? null : scope.CannotTell.Why,
            Unnamed = scope.Unnamed.Sentences,
            Findings = ids,
            Where = where,
            Head = scope.Head,
            Written = [.. written.OfType<string>().Where(file => file != "-")],
        };
}
