using System.Security.Cryptography;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;
using Told = WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw scope</c>: who was exposed, exactly.</summary>
internal sealed class ScopeVerb(Host host, Watching who)
{
    public int Run(
        string directory, IReadOnlyList<string> ids, string? where, string? output, string? json, Language language)
    {
        var ledger = LedgerContents.Read(directory);
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        if (FindingPredicates.Of(ledger, ids, where, host) is not { } chosen)
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = chosen.Predicates,
            Gaps = [.. Coverage.Gaps(ledger).Select(gap =>
                new CoverageGap(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines))],
        });
        if (output is not null)
            WriteExposures(scope, output);
        Record(directory, scope, chosen.Ids, output);
        if (json is not null)
        {
            using var file = json == "-" ? host.OpenOutput() : File.Create(json);
            scope.WriteJson(file);
        }
        if (json != "-")
            ScopePage.Write(host.Page(), Summary(directory, scope, chosen.Ids, where, output, json), language);
        return ExitStatus.Nothing;
    }

    /// <summary>A scope that could not be recorded is not handed out.</summary>
    private void Record(string directory, Scope scope, IReadOnlyList<string> ids, string? output)
    {
        try
        {
            who.Record(directory, new ScopeIssued(
                output is null ? null : Digest(output), ids, scope.Accounts, scope.Views, who.Reason, who.By));
        }
        catch (LedgerException) when (output is not null)
        {
            File.Delete(output);
            throw;
        }
    }

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static void WriteExposures(Scope scope, string output)
    {
        if (output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            scope.WriteParquet(output);
            return;
        }
        using var file = File.Create(output);
        scope.WriteCsv(file);
    }

    private static Pages.ScopeSummary Summary(
        string directory, Scope scope, IReadOnlyList<string> ids, string? where, params IEnumerable<string?> written) =>
        new()
        {
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
            CannotTell = scope.Coverage.Complete ? scope.Unnamed.Sentence : scope.CannotTell.Why,
            Unnamed = scope.Unnamed.Sentence,
            Findings = ids,
            Where = where,
            Written = [.. written.OfType<string>().Where(file => file != "-")],
        };
}
