using ParquetSharp;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Reads a segment's row groups as vectors, only those columns that are asked for. One thread; the memory goes from
/// segment to segment. Throws <see cref="ScopeResourceException"/> for a segment that does not read.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly Dictionary<string, NumberVector> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextVector> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly NetworkTexts _networks = new();
    private readonly TextVector _storedNetwork = new();
    private readonly ColumnFile _file = new();
    private ForeignColumns? _foreign;
    private string? _path;
    private bool _isKnown;
    private int _group;

    /// <summary>Rows of the row group at hand.</summary>
    public int Rows { get; private set; }

    /// <summary>Opens a segment, unless it is open; its number of row groups.</summary>
    /// <param name="rows">How many records the ledger's log says that it holds.</param>
    public int Open(string path, long rows)
    {
        return Guard(() =>
        {
            if (path != _path)
                OpenFile(path, rows);
            return Groups;
        });
    }

    public void Enter(int group)
    {
        (_group, Rows) = (group, Guard(() => RowsOf(group)));
        _read.Clear();
    }

    /// <summary>The smallest and the largest value by the file's own statistics; null where it keeps none.</summary>
    public (long Least, long Most)? Range(string column) =>
        Guard(() => _isKnown ? _file.Range(_group, column) : Foreign.Range(_group, column));

    /// <summary>False for a column that the segment's version does not have.</summary>
    public bool Has(string column) => _isKnown ? _file.Has(column) : Foreign.Has(column);

    public NumberVector Numbers(string column)
    {
        if (!_numbers.TryGetValue(column, out var vector))
            _numbers[column] = vector = new NumberVector();
        return _read.Add(column) ? Guard(() =>
        {
            if (!_isKnown || !_file.TryRead(_group, column, vector))
                Foreign.Read(_group, column, vector);
            return vector;
        }) : vector;
    }

    public TextVector Texts(string column)
    {
        if (!_texts.TryGetValue(column, out var vector))
            _texts[column] = vector = new TextVector();
        if (!_read.Add(column))
            return vector;
        if (column != "network")
            return Stored(column, vector);
        _networks.Fill(vector, Stored(column, _storedNetwork), Texts("client"), Rows);
        return vector;
    }

    public void Dispose()
    {
        _file.Dispose();
        _foreign?.Dispose();
    }

    private ForeignColumns Foreign => _foreign ??= new ForeignColumns(_path!);

    private int Groups => _isKnown ? _file.Groups : Foreign.Groups;

    private int RowsOf(int group) => _isKnown ? _file.Rows(group) : Foreign.Rows(group);

    private void OpenFile(string path, long rows)
    {
        _foreign?.Dispose();
        (_foreign, _path) = (null, path);
        _isKnown = _file.Open(path);
        if (Enumerable.Range(0, Groups).Sum(group => (long)RowsOf(group)) != rows)
            throw new InvalidDataException("a segment holds more or fewer records than the ledger's log says");
    }

    private TextVector Stored(string column, TextVector vector) => Guard(() =>
    {
        if (!_isKnown || !_file.TryRead(_group, column, vector))
            Foreign.Read(_group, column, vector);
        return vector;
    });

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is ParquetException or InvalidDataException)
        {
            var name = Path.GetFileName(_path);
            _path = null;
            throw new ScopeResourceException(
                $"{name} of the ledger does not read: ask 'whosaw ledger verify' about it", fault);
        }
    }
}
