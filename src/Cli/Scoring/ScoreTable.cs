using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli.Pages;

namespace WhoSaw.Cli.Scoring;

/// <summary>Scores for people and for programs.</summary>
internal static class ScoreTable
{
    public static void Write(PageWriter page, IReadOnlyList<ReplayScore> scores)
    {
        var table = new PageTable(
            new("scenario"), new("found after"), new("accounts before", true), new("false/day", true),
                new("recall", true),
            new("precision", true), new("accounts", true), new("people", true), new("views", true), new("gaps", true),
                new(""));
        foreach (var score in scores)
            table.Add(
                score.Scenario, FoundAfter(score), Count(score.AccountsBeforeAlarm),
                score.FalseFindingsADay.ToString("0.##", CultureInfo.InvariantCulture), Share(score.Pairs.Recall),
                    Share(score.Pairs.Precision),
                Error(score.Accounts.CountError), Error(score.People?.CountError),
                Error(new Matched(score.ViewsTrue, score.ViewsSaid, 0).CountError),
                string.Create(CultureInfo.InvariantCulture,
                    $"{score.GapsNamed}/{score.GapsTrue}{(score.GapsFalse > 0 ? $" +{score.GapsFalse}" : "")}"),
                score.IsRight ? "right" : "");
        page.Blank();
        table.Write(page);
        page.Blank();
        page.Text(
            "Recall and precision by account and operation; accounts, people and views: said against true; "
                + "gaps: named of real ones.",
            Tone.Dim);
        page.Blank();
    }

    public static void WriteJson(Stream output, IEnumerable<ReplayScore> scores) => output.WriteDocument(json =>
    {
        json.WriteStartArray();
        foreach (var score in scores)
            Write(json, score);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ReplayScore score)
    {
        json.WriteStartObject();
        json.WriteString("scenario", score.Scenario);
        json.WriteBoolean("right", score.IsRight);
        json.WriteBoolean("crime", score.IsCrime);
        json.WriteBoolean("missed", score.IsMissed);
        json.WriteNumber("lines", score.Lines);
        json.WriteNumber("scanSeconds", Math.Round(score.Seconds, 2));
        json.WriteNumber("trueFindings", score.TrueFindings);
        json.WriteNumber("falseFindings", score.FalseFindings);
        json.WriteNumber("falseFindingsADay", Math.Round(score.FalseFindingsADay, 4));
        json.WriteStrings("foundBy", score.FoundBy);
        json.WriteStrings("falseBy", score.FalseBy);
        if (score.IsCrime)
        {
            json.WriteRounded("hoursToDetect", score.HoursToDetect);
            json.WriteRounded("accountsBeforeAlarm", score.AccountsBeforeAlarm);
            Write(json, "pairs", score.Pairs);
            Write(json, "accounts", score.Accounts);
            if (score.People is { } people)
                Write(json, "people", people);
            Write(json, "views", new Matched(score.ViewsTrue, score.ViewsSaid, 0), withShares: false);
        }
        json.WriteStartObject("gaps");
        json.WriteNumber("true", score.GapsTrue);
        json.WriteNumber("named", score.GapsNamed);
        json.WriteNumber("false", score.GapsFalse);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Matched matched, bool withShares = true)
    {
        json.WriteStartObject(name);
        json.WriteNumber("true", matched.True);
        json.WriteNumber("said", matched.Said);
        if (withShares)
        {
            json.WriteRounded("recall", matched.Recall);
            json.WriteRounded("precision", matched.Precision);
        }
        json.WriteRounded("countError", matched.CountError);
        json.WriteEndObject();
    }

    private static string FoundAfter(ReplayScore score) =>
        !score.IsCrime ? "no crime" : score.HoursToDetect is { } hours ? Duration(hours) : "not found";

    public static string Duration(double hours) => hours switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, hours) * 60:0} min"),
        < 48 => string.Create(CultureInfo.InvariantCulture, $"{hours:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0.0} days"),
    };

    private static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    // never rounded up to what it is not
    public static string Share(double? share) =>
        share is { } value ? (Math.Floor(value * 10_000) / 10_000)
            .ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Error(double? error) => error switch
    {
        null => "",
        0 => "exact",
        { } value => (value * 100).ToString("+0.##;-0.##", CultureInfo.InvariantCulture) + " %",
    };
}
