using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The scope for programs. Members come in a fixed order; nothing but the head of the journal depends on when or where
/// it was made.
/// </summary>
internal static class ScopeJson
{
    public static void Write(Scope scope, Stream stream, bool indented)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = indented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        json.WriteStartObject();
        json.WriteNumber("accounts", scope.Accounts);
        json.WriteStartObject("people");
        Number(json, "known", scope.People.Known);
        json.WriteNumber("atLeast", scope.People.AtLeast);
        Number(json, "atMost", scope.People.AtMost);
        Number(json, "members", scope.People.Members);
        Number(json, "nonMembers", scope.People.NonMembers);
        Number(json, "accountsNotListed", scope.People.AccountsNotListed);
        json.WriteEndObject();
        json.WriteNumber("views", scope.Views);
        Operations(json, scope);
        Time(json, "first", scope.First);
        Time(json, "last", scope.Last);
        Canaries(json, scope.Canaries);
        Coverage(json, scope.Coverage);
        CannotTell(json, scope.CannotTell);
        Breakdown(json, scope);
        Provenance(json, scope);
        json.WriteEndObject();
    }

    private static void Operations(Utf8JsonWriter json, Scope scope)
    {
        json.WriteStartArray("operations");
        foreach (var operation in scope.Operations)
        {
            json.WriteStartObject();
            json.WriteString("name", operation.Name);
            json.WriteNumber("accounts", operation.Accounts);
            json.WriteNumber("views", operation.Views);
            json.WriteStartArray("fields");
            foreach (var field in operation.Fields)
                json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Canaries(Utf8JsonWriter json, CanaryEstimate canaries)
    {
        json.WriteStartObject("canaries");
        json.WriteNumber("touched", canaries.Touched);
        Number(json, "planted", canaries.Planted);
        Number(json, "estimate", canaries.Estimate);
        Number(json, "low", canaries.Low);
        Number(json, "high", canaries.High);
        if (canaries.Agrees is { } agrees)
            json.WriteBoolean("agrees", agrees);
        else
            json.WriteNull("agrees");
        json.WriteEndObject();
    }

    private static void Coverage(Utf8JsonWriter json, ScopeCoverage coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteBoolean("complete", coverage.Complete);
        json.WriteStartArray("gaps");
        foreach (var gap in coverage.Gaps)
        {
            json.WriteStartObject();
            json.WriteString("source", gap.Source);
            json.WriteString("stream", gap.Stream);
            Time(json, "from", gap.From);
            Time(json, "to", gap.To);
            json.WriteString("reason", gap.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("gapsElsewhere", coverage.GapsElsewhere);
        json.WriteEndObject();
    }

    private static void CannotTell(Utf8JsonWriter json, CannotTell cannotTell)
    {
        json.WriteStartObject("cannotTell");
        json.WriteStartObject("views");
        if (cannotTell.ViewsExpected is { } expected)
            json.WriteNumber("expected", expected);
        else
            json.WriteNull("expected");
        Number(json, "atMost", cannotTell.ViewsAtMost);
        json.WriteEndObject();
        json.WriteStartObject("accounts");
        Number(json, "atMost", cannotTell.AccountsAtMost);
        json.WriteEndObject();
        json.WriteString("why", cannotTell.Why);
        json.WriteEndObject();
    }

    private static void Breakdown(Utf8JsonWriter json, Scope scope)
    {
        json.WriteStartArray("categories");
        foreach (var category in scope.Categories)
        {
            json.WriteStartObject();
            json.WriteString("name", category.Name);
            json.WriteNumber("accounts", category.Accounts);
            Number(json, "people", category.People);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("perDay");
        foreach (var day in scope.PerDay)
        {
            json.WriteStartObject();
            json.WriteString("day", day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteNumber("accounts", day.Accounts);
            json.WriteNumber("newAccounts", day.NewAccounts);
            json.WriteNumber("views", day.Views);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Tries(json, "refused", scope.Refused);
        Tries(json, "absent", scope.Absent);
        json.WriteStartObject("unnamed");
        json.WriteNumber("rows", scope.Unnamed.Rows);
        json.WriteNumber("bytes", scope.Unnamed.Bytes);
        json.WriteNumber("views", scope.Unnamed.Views);
        json.WriteEndObject();
    }

    private static void Provenance(Utf8JsonWriter json, Scope scope)
    {
        json.WriteString("predicate", scope.Predicate.ToString());
        json.WriteStartArray("growth");
        foreach (var step in scope.Growth)
        {
            json.WriteStartObject();
            json.WriteString("literal", step.Literal.ToString());
            json.WriteString("trail", JsonNamingPolicy.KebabCaseLower.ConvertName(step.Trail.ToString()));
            json.WriteNumber("evidence", Math.Round(step.Evidence, 3));
            json.WriteNumber("observations", step.Observations);
            json.WriteNumber("purity", Math.Round(step.Purity, 6));
            json.WriteNumber("purityAtLeast", Math.Round(step.PurityAtLeast, 6));
            json.WriteNumber("accountsAdded", step.AccountsAdded);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("valueFiles");
        foreach (var file in scope.Predicate.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("values", file.Values);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("segments");
        foreach (var segment in scope.Segments)
        {
            json.WriteStartObject();
            json.WriteString("name", segment.Name);
            json.WriteString("sha256", segment.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("commit", scope.Commit);
    }

    private static void Tries(Utf8JsonWriter json, string name, TryCount tries)
    {
        json.WriteStartObject(name);
        json.WriteNumber("tries", tries.Tries);
        json.WriteNumber("accounts", tries.Accounts);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void Time(Utf8JsonWriter json, string name, EventTime? time)
    {
        if (time is { } moment)
            json.WriteString(name, moment.ToString());
        else
            json.WriteNull(name);
    }
}
