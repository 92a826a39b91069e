using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One in-memory DuckDB. Statements are our own text; whatever comes from outside is a parameter.</summary>
internal sealed class Database : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public Database(ScopeEngineOptions options, string spillDirectory)
    {
        _connection.Open();
        Run("SET TimeZone = 'UTC'");
        Run("SET autoinstall_known_extensions = false");
        Run("SET autoload_known_extensions = false");
        Run("SET parquet_metadata_cache = true");
        Run("SET preserve_insertion_order = false");
        Run($"SET temp_directory = {Printer.Quote(spillDirectory)}");
        if (options.Threads > 0)
            Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {options.Threads}"));
        if (options.MemoryLimit > 0)
            Run(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{options.MemoryLimit}B'"));
        Run("SET lock_configuration = true");
    }

    public void Run(string sql, IReadOnlyList<object>? parameters = null)
    {
        using var command = Command(sql, parameters);
        Guard(() => command.ExecuteNonQuery());
    }

    /// <summary>The rows, one after another, as <paramref name="read"/> sees them.</summary>
    public IEnumerable<T> Rows<T>(string sql, IReadOnlyList<object>? parameters, Func<DuckDBDataReader, T> read)
    {
        using var command = Command(sql, parameters);
        command.UseStreamingMode = true;
        using var reader = Guard(command.ExecuteReader);
        while (Guard(reader.Read))
            yield return read(reader);
    }

    public List<T> All<T>(string sql, IReadOnlyList<object>? parameters, Func<DuckDBDataReader, T> read) =>
        [.. Rows(sql, parameters, read)];

    public T One<T>(string sql, IReadOnlyList<object>? parameters, Func<DuckDBDataReader, T> read) =>
        Rows(sql, parameters, read).First();

    // Everything that can go wrong here lies outside: memory, the disk, a file that is not what it was.
    private static T Guard<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DuckDBException fault) when (fault.ErrorType == DuckDBErrorType.OutOfMemory)
        {
            throw new ScopeResourceException("the memory limit is too small for this question, or the disk has no room "
                + "for what does not fit: allow more memory, or ask of a shorter time", fault);
        }
        catch (DuckDBException fault) when (
            fault.ErrorType is DuckDBErrorType.InvalidInput or DuckDBErrorType.Serialization)
        {
            throw new ScopeResourceException(
                "a file of the ledger does not read: ask 'whosaw ledger verify' which", fault);
        }
    }

    public void Dispose() => _connection.Dispose();

    private DuckDBCommand Command(string sql, IReadOnlyList<object>? parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the text is ours; see the summary
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters ?? [])
            command.Parameters.Add(new DuckDBParameter(parameter));
        return command;
    }
}

internal static class Reading
{
    public static string? Text(this DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(this DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
