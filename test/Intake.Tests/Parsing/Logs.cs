using System.Text;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tests.Parsing;

/// <summary>A row of a batch, by its texts.</summary>
internal sealed record Row(
    RecordKind Kind, string Time, long Offset, string Operation, Outcome Outcome, string Subject, string Principal,
    string Client, string Method, string Request, long Bytes, long Rows, string Target, int Status, Trait Traits);

/// <summary>Lines of one log, as a scan would read them.</summary>
internal sealed class Logs(SourceOptions source)
{
    public IReadOnlyList<RouteOptions> Routes { get; init; } = [];
    public IntakeOptions Options { get; init; } = new() { Threads = 1 };

    public static SourceOptions Source(SourceKind kind, string format, params (string Field, string Path)[] fields) =>
        new()
        {
            Id = "log",
            Kind = kind,
            Path = "log",
            Format = format,
            Fields = fields.ToDictionary(field => field.Field, field => field.Path),
        };

    public List<Row> Read(params IEnumerable<string> lines)
    {
        var catalog = new Catalog(Routes.Select(route => route.ToOperation())
            .Concat(Options.Tables.Select(table => table.ToOperation())));
        var stream = catalog.AddStream(catalog.AddSource(source.Id), source.Id);
        var file = new InputFile(catalog.AddFile(stream, "log"), "log", "log", stream, source);
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        using var merger = new LogMerger(
            catalog, [file], new RouteTable(Routes), new Fingerprint("0123456789abcdef"u8), Options,
            (_, _, _, _) => { }, _ => new MemoryStream(bytes));
        var rows = new List<Row>();
        var batch = new AccessBatch();
        string Text(Symbol symbol) => catalog.Symbols.Text(symbol) ?? "";
        while (merger.Fill(batch))
            for (var i = 0; i < batch.Count; i++)
                rows.Add(new Row(
                    batch.Kind[i], batch.Time[i].ToString(), batch.Offset[i],
                    batch.Operation[i] < 0 ? "" : catalog.Operations[batch.Operation[i]].Name, batch.Outcome[i],
                    catalog.Subjects.Text(batch.Subject[i]), Text(batch.Principal[i]), Text(batch.Client[i]),
                    Text(batch.Method[i]), Encoding.UTF8.GetString(batch.Request[i].Span), batch.Bytes[i],
                    batch.Rows[i], Text(batch.Target[i]), batch.Status[i], batch.Traits[i]));
        return rows;
    }
}
