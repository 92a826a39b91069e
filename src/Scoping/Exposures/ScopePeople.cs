using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>A person whose data was exposed, and how to reach them as far as a file of contacts says.</summary>
/// <param name="IsHolder">
/// Holds an account of their own, exposed or not, as <see cref="PeopleCount.Members"/> counts; others are in address
/// books alone.
/// </param>
/// <param name="Language">Null where the file says none.</param>
public sealed record ScopePerson(string Person, bool IsHolder, string? Email, string? Phone, string? Language);

/// <summary>People of a scope, with contacts that are read for this and kept nowhere.</summary>
internal static partial class ScopePeople
{
    public static IEnumerable<ScopePerson> Read(ScopeEngine engine, IExposureSet exposures, string? contacts)
    {
        if (!engine.View.HasPeople)
            yield break;
        if (contacts is not null)
            RequireColumns(contacts);
        var joined = contacts is null
            ? "SELECT NULL::VARCHAR AS person, NULL::VARCHAR AS email, "
                + "NULL::VARCHAR AS phone, NULL::VARCHAR AS language "
                + "WHERE FALSE"
            : "SELECT trim(person) AS person, nullif(trim(email), '') AS email, nullif(trim(phone), '') AS phone, "
                + "nullif(trim(language), '') AS language "
                + $"FROM read_csv({Printer.Quote(contacts)}, auto_detect = false, header = true, delim = ',', "
                + "quote = '\"', "
                + "columns = {'person': 'VARCHAR', 'email': 'VARCHAR', 'phone': 'VARCHAR', 'language': 'VARCHAR'})";
        // A person whom the file lists twice is told once, by the first of the contacts in their order.
        var sql = $"""
            SELECT s.person, s.holder, c.email, c.phone, c.language
            FROM (SELECT p.person, p.person IN (SELECT person FROM people WHERE "position" = 0) AS holder
                  FROM people p JOIN {exposures.AccountsSql()} a ON a.subject = p.account
                  WHERE p."position" = 0 OR a.others_mask <> 0 GROUP BY p.person) s
            LEFT JOIN (SELECT person, min(email) AS email, min(phone) AS phone, min(language) AS language
                       FROM ({joined}) GROUP BY person) c ON c.person = s.person
            ORDER BY s.person
            """;
        using var people = engine.Database.Rows(sql, null, row => new ScopePerson(
            row.GetString(0), row.GetBoolean(1), row.Text(2), row.Text(3), row.Text(4))).GetEnumerator();
        while (Next(people, contacts))
            yield return people.Current;
    }

    /// <summary>What does not read here is the file of contacts, of which the engine would quote a line.</summary>
    private static bool Next(IEnumerator<ScopePerson> people, string? contacts)
    {
        try
        {
            return people.MoveNext();
        }
        catch (Exception fault) when (contacts is not null
            && (fault as DuckDBException ?? fault.InnerException as DuckDBException) is
            { ErrorType: not DuckDBErrorType.OutOfMemory })
        {
            var line = LineNumber().Match((fault.InnerException ?? fault).Message);
            throw new FormatException(contacts + (line.Success ? $", line {line.Groups[1].Value}," : "")
                + " does not read: a line has the four columns person,email,phone,language, in UTF-8");
        }
    }

    [GeneratedRegex(@"Line: (\d+)")]
    private static partial Regex LineNumber();

    private static void RequireColumns(string path)
    {
        using var reader = new StreamReader(path);
        if (reader.ReadLine()?.Trim().ToLowerInvariant() is not "person,email,phone,language")
            throw new FormatException($"{path} must begin with the line person,email,phone,language");
    }
}
