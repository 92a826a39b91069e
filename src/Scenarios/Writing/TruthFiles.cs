using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhoSaw.Scenarios.Crimes;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>What really happened, for whoever judges what was said.</summary>
internal static class TruthFiles
{
    private static readonly JsonWriterOptions Indented =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteExposed(TextWriter file, World world, Truth truth)
    {
        file.Write("account,operation,first,last,views,views_not_logged\n");
        foreach (var (account, operation, loot) in truth.Exposed())
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"{account},{operation},{world.Clock.Text(loot.First)},{world.Clock.Text(loot.Last)},")
                + string.Create(CultureInfo.InvariantCulture, $"{loot.Views},{loot.ViewsNotLogged}\n"));
    }

    public static void Write(Stream output, World world, CrimePlan plan, long requests)
    {
        var (truth, options) = (plan.Truth, world.Options);
        using (var json = new Utf8JsonWriter(output, Indented))
        {
            json.WriteStartObject();
            json.WriteString("scenario", options.Scenario);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("requests", requests);
            json.WriteString("first", Moment(world, truth.First));
            json.WriteString("last", Moment(world, truth.Last));
            json.WriteNumber("accounts", truth.Accounts);
            json.WriteNumber("accountsLogged", truth.AccountsLogged);
            json.WriteNumber("people", truth.People());
            json.WriteNumber("views", truth.Views);
            json.WriteNumber("viewsNotLogged", truth.ViewsNotLogged);
            json.WriteNumber("absentAccountsTried", truth.AbsentTried);
            json.WriteNumber("canariesTouched", truth.CanariesTouched);
            json.WriteNumber("membersListed", Enumerable.Range(0, (int)options.Accounts)
                .LongCount(account => world.IsListed(account)));
            json.WriteNumber("crimeRequests", plan.Count);
            if (ScenarioCatalog.Find(options.Scenario)!.PrecisionFloor is { } floor)
            {
                json.WritePropertyName("precisionFloor");
                json.WriteRawValue(floor);
            }
            json.WriteStartObject("indicators");
            foreach (var (column, values) in truth.Indicators)
            {
                json.WriteStartArray(column);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteStartArray("lost");
            foreach (var lost in world.Nodes.Lost)
            {
                json.WriteStartObject();
                json.WriteString("stream", world.Nodes.Names[lost.Node]);
                json.WriteString("from", world.Clock.Text(lost.From));
                json.WriteString("to", world.Clock.Text(lost.To));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    // a quiet world has no first moment
    private static string Moment(World world, long at) => at is long.MaxValue or long.MinValue ? "None"
        : world.Clock.Text(at);
}
