using WhoSaw.Cli.Pages;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// Shows what a seed grows into, a step at a time, and lets a person accept or refuse each.
/// </summary>
/// <param name="LeastConfidence">Accept without asking from this purity on (its lower bound); null: ask.</param>
/// <param name="Answers">Where answers come from; null when nobody is there to ask.</param>
internal sealed record GrowthDialogue(Host Host, double? LeastConfidence, TextReader? Answers)
{
    /// <summary>
    /// The accepted steps. Null where somebody must decide and nobody is there: the host has said how to go on.
    /// </summary>
    public IReadOnlyList<GrowthStep>? Accepted(GrowthResult grown, TimeZoneInfo zone, Language language)
    {
        var page = new GrowthPage(Host.Page(), zone, language);
        page.WriteHeading(grown);
        var accepted = new List<GrowthStep>();
        var answered = 0;
        for (var i = 0; i < grown.Steps.Count; i++)
        {
            var step = grown.Steps[i];
            page.WriteStep(step, i + 1);
            if (LeastConfidence is { } least)
            {
                page.WriteDecision(step.PurityAtLeast >= least, least);
                if (step.PurityAtLeast >= least)
                    accepted.Add(step);
            }
            else if (Answers is not null && Ask(page) is { } answer)
            {
                answered++;
                if (answer)
                    accepted.Add(step);
            }
        }
        page.WriteEnd(grown);
        if (LeastConfidence is not null || answered == grown.Steps.Count)
            return accepted;
        Host.Error.WriteLine("whosaw: nobody accepted or refused all of these steps, so nothing is issued: say --yes "
            + "to accept those with a confidence of 0.8 and more, --yes 0.99 for those above that, or run it "
            + "in a terminal to be asked");
        return null;
    }

    // Null at the end of the input.
    private bool? Ask(GrowthPage page)
    {
        while (true)
        {
            page.WriteQuestion(Host.Out);
            switch (Answers!.ReadLine()?.Trim().ToUpperInvariant())
            {
                case "Y" or "YES" or "예":
                    return true;
                case "N" or "NO" or "아니오":
                    return false;
                case null:
                    return null;
            }
        }
    }
}
