using System.Globalization;
using Spectre.Console;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>How a theft grows from a seed: each step with what speaks for it.</summary>
internal sealed class GrowthPage(IAnsiConsole console, TimeZoneInfo zone, Language language)
{
    private const int MostLiteral = 400;
    private readonly PageWriter _page = new(console);
    private readonly Words _words = Words.For(language);

    public void WriteHeading(GrowthResult grown)
    {
        _page.Blank();
        _page.Line(new Span(_words.Say("growth.title"), Tone.Strong));
        _page.Rule();
        _page.Text(grown.SeedRecords == 0 ? _words.Say("growth.no-seed") : grown.Steps.Count == 0
            ? _words.Say("growth.nothing", Words.Number(grown.Observations), Nats(grown.Threshold))
            : _words.Say("growth.summary", _words.Count("growth.steps", grown.Steps.Count),
                Words.Number(grown.Observations), Nats(grown.Threshold)));
    }

    public void WriteStep(GrowthStep step, int number)
    {
        _page.Blank();
        var text = step.Literal.ToString();
        var shown = text.Length > MostLiteral ? text[..MostLiteral] + " …" : text;
        _page.Labelled(new Span(number.ToString(CultureInfo.InvariantCulture), Tone.Strong), 4, shown, Tone.Strong);
        _page.Text(_words.Say("growth.step", Nats(step.Evidence), Words.Number(step.Observations), Share(step.Purity),
            Share(step.PurityAtLeast), Words.Number(step.AccountsAdded)), indent: 4);
        _page.Text(_words.Say("growth.trail." + step.Trail), indent: 4);
        var times = step.Samples.Select(sample => sample.Row.Time).ToList();
        var moments = new Moments(_words, zone, times.Count > 0 ? times[0] : null, times.Count > 0 ? times[^1] : null);
        foreach (var sample in step.Samples)
            _page.Text(Sample(sample, moments), Tone.Dim, indent: 4);
    }

    public void WriteDecision(bool accepted, double least) =>
        _page.Text(_words.Say(accepted ? "growth.accepted" : "growth.refused", Share(least)), indent: 4);

    public void WriteQuestion(TextWriter output) => output.Write("    " + _words.Say("growth.question") + " ");

    public void WriteEnd(GrowthResult grown)
    {
        _page.Blank();
        foreach (var left in grown.Unexplained)
            _page.Text(_words.Say("growth.unexplained", left), Tone.Warning);
        if (grown.Outflows.Count == 0)
            return;
        var moments = new Moments(
            _words, zone, grown.Outflows.Min(outflow => outflow.First), grown.Outflows.Max(outflow => outflow.Last));
        foreach (var outflow in grown.Outflows)
        {
            var (key, amount) = outflow.Amount.Rows > 0
                ? ("growth.rows", outflow.Amount.Rows) : ("growth.bytes", outflow.Amount.Bytes);
            _page.Text(_words.Say(key, Words.Number(amount), moments.Exact(outflow.First), moments.Exact(outflow.Last),
                outflow.Literal), Tone.Warning);
        }
        _page.Text(_words.Say("growth.nobody-named"), Tone.Warning);
    }

    private string Sample(LocatedRecord sample, Moments moments)
    {
        var who = sample.Row.Principal ?? sample.Account ?? "";
        return string.Join("  ", new[]
        {
            moments.Exact(sample.Row.Time), sample.Row.Client, who, "→ " + (sample.Subject ?? ""),
            sample.Row.Operation, _words.Say("outcome." + sample.Row.Outcome.Name()),
        }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Nats(double evidence) => evidence.ToString("#,0.0", CultureInfo.InvariantCulture);

    // Rounded down: 99.96 % is not all.
    private static string Share(double share) =>
        (Math.Floor(share * 1000) / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
