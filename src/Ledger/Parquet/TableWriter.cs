using ParquetSharp;
using ParquetSharp.IO;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger;

/// <summary>Writes one Parquet file, a row group at a time. The bytes depend on the values alone.</summary>
internal sealed class TableWriter : IDisposable
{
    private const int LargestDictionary = 64 << 20;

    private static readonly Dictionary<string, string> Metadata = new() { ["whosaw.format"] = "1" };

    private readonly StagedFile _file;
    private readonly string _path;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly ManagedOutputStream _output;
    private readonly ParquetFileWriter _writer;

    /// <param name="firstGroup">Rows of the first group, from which the encodings are chosen.</param>
    public TableWriter(StagedFile file, string path, IReadOnlyList<TableColumn> columns, int firstGroup)
    {
        (_file, _path, _columns) = (file, path, columns);
        using var properties = Properties(columns, firstGroup);
        var nodes = columns.Select(column => column.ToNode()).ToArray();
        using var schema = new GroupNode("schema", Repetition.Required, nodes);
        foreach (var node in nodes)
            node.Dispose();
        _output = new ManagedOutputStream(file, leaveOpen: true);
        _writer = Try(() => new ParquetFileWriter(_output, schema, properties, Metadata));
    }

    public void WriteGroup(int start, int count) => Try(() =>
    {
        using var group = _writer.AppendRowGroup();
        foreach (var column in _columns)
            column.Write(group, start, count);
        group.Close();
        return true;
    });

    /// <summary>Writes the footer and closes the file.</summary>
    public void Complete()
    {
        Try(() =>
        {
            _writer.Close();
            return true;
        });
        Dispose();
        _file.Complete();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    private static WriterProperties Properties(IReadOnlyList<TableColumn> columns, int firstGroup)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd)
            .DisableStatistics()
            .DictionaryPagesizeLimit(LargestDictionary)
            .MaxRowGroupLength(int.MaxValue);
        foreach (var column in columns)
            column.Configure(builder, firstGroup);
        return builder.Build();
    }

    private T Try<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (_file.Failure is not null || LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(_file.Failure ?? exception, _path);
        }
    }
}
