using System.Globalization;
using DuckDB.NET.Data;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>A record with the ids of its account and subject as the logs wrote them.</summary>
public sealed record LocatedRecord(RecordRow Row, string? Account, string? Subject);

/// <summary>The records behind a predicate, for explaining a finding down to its lines.</summary>
public static class FindingRecords
{
    private const string Columns = """
        r."time", r.source, r.stream, r.file, r."offset", r.request, r.client, r.network, r.agent, r.credential,
        r."key", r.principal, r.account, r.subject, r.operation, r.fields, r."method", r.status, r.bytes, r.outcome,
        r.traits::BIGINT, a.id, s.id
        """;

    /// <summary>
    /// At most <paramref name="limit"/> records that match, by time (the newest first on demand), file, offset and
    /// subject. Streamed: ask the engine nothing else meanwhile.
    /// </summary>
    public static IEnumerable<LocatedRecord> Records(
        this ScopeEngine engine, Predicate predicate, int limit = int.MaxValue, bool newestFirst = false)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        var direction = newestFirst ? "DESC" : "ASC";
        return engine.Database.Rows(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT {Columns}
            FROM (SELECT * FROM records WHERE {where}
                  ORDER BY "time" {direction}, file, "offset" {direction}, subject LIMIT {limit}) r
            LEFT JOIN dictionary a ON r.account < 0 AND a.number = r.account
            LEFT JOIN dictionary s ON r.subject < 0 AND s.number = r.subject
            ORDER BY r."time" {direction}, r.file, r."offset" {direction}, r.subject
            """), parameters.Values, Read);
    }

    private static LocatedRecord Read(DuckDBDataReader row)
    {
        var (account, subject) = (row.Number(12), row.Number(13));
        return new LocatedRecord(
            new RecordRow
            {
                Time = EventTime.From(new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero)),
                Source = row.GetString(1),
                Stream = row.GetString(2),
                File = row.GetString(3),
                Offset = row.GetInt64(4),
                Request = row.Text(5),
                Client = row.Text(6),
                Network = row.Text(7),
                Agent = row.Text(8),
                Credential = row.IsDBNull(9) ? null : row.GetFieldValue<ulong>(9),
                Key = row.Text(10),
                Principal = row.Text(11),
                Account = account is { } a ? new SubjectId(a) : SubjectId.None,
                Subject = subject is { } s ? new SubjectId(s) : SubjectId.None,
                Operation = row.Text(14),
                Fields = row.Text(15) ?? "",
                Method = row.Text(16),
                Status = row.IsDBNull(17) ? null : Convert.ToInt32(row.GetValue(17), CultureInfo.InvariantCulture),
                Bytes = row.Number(18),
                Outcome = Enum.Parse<Outcome>(row.GetString(19), ignoreCase: true),
                Traits = (Trait)row.GetInt64(20),
            },
            account is null ? null : Scope.AccountText(account.Value, row.Text(21)),
            subject is null ? null : Scope.AccountText(subject.Value, row.Text(22)));
    }
}
