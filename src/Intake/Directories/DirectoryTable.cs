using System.Text;

namespace WhoSaw.Intake.Directories;

/// <summary>
/// A CSV file with named columns in any order. Reports the columns that are missing and the rows of another length than
/// the header; columns that nobody asked for are passed over.
/// </summary>
internal sealed class DirectoryTable : IDisposable
{
    private const int MostFaults = 100;
    private readonly string _path;
    private readonly string[] _columns;
    private readonly int[] _positions;
    private readonly List<FileFault> _faults = [];
    private FileStream? _stream;
    private CsvReader? _reader;
    private readonly string? _optional;
    private bool _atEnd;
    private int _width;
    private long _more;

    public DirectoryTable(string path, params string[] columns)
    {
        _path = path;
        _columns = columns;
        _positions = new int[columns.Length];
    }

    /// <summary>A table with one more column, the last, that a file may leave out; <see cref="HasOptional"/>.</summary>
    public static DirectoryTable WithOptional(string path, string optional, params string[] columns) =>
        new(path, [.. columns, optional], optional);

    private DirectoryTable(string path, string[] columns, string optional)
        : this(path, columns) => _optional = optional;

    /// <summary>The file that was read has the optional column.</summary>
    public bool HasOptional => _optional is not null && _positions[^1] >= 0;

    /// <summary>The field of the column with that index, in the order of the constructor.</summary>
    public ReadOnlySpan<byte> this[int column] => _reader![_positions[column]];

    private string Required => string.Join(',', _columns.Where(column => column != _optional));

    public IReadOnlyList<FileFault> Faults =>
        _more == 0 ? _faults : [.. _faults, new FileFault(_path, 0, $"{_more} more lines cannot be understood")];

    /// <summary>A fault of the row that was just read. Says nothing of its content: it may be personal data.</summary>
    public void AddFault(string sentence) => AddFault(_reader!.Line, sentence);

    /// <summary>Calls back for every whole row.</summary>
    public void Read(Action<DirectoryTable> row)
    {
        while (Next())
            row(this);
    }

    /// <summary>Goes to the next whole row; false at the end, or where the file cannot be read on.</summary>
    public bool Next()
    {
        try
        {
            if (_reader is null && !_atEnd)
                Open();
            while (!_atEnd && _reader!.Read())
            {
                if (_reader.Count == _width)
                    return true;
                AddFault(_reader.Line, $"the line has {_reader.Count} fields where the header has {_width}");
            }
            if (!_atEnd && _reader!.Broken is { } broken)
                AddFault(_reader.Line, broken);
        }
        catch (UnauthorizedAccessException)
        {
            AddFault(0, "the file cannot be read: no permission, or it is a folder");
        }
        catch (FileNotFoundException)
        {
            AddFault(0, "there is no such file");
        }
        catch (IOException fault)
        {
            AddFault(0, $"the file cannot be read: {fault.Message}");
        }
        Dispose();
        return false;
    }

    public void Dispose()
    {
        _atEnd = true;
        _stream?.Dispose();
    }

    private void Open()
    {
        _stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        _reader = new CsvReader(_stream);
        _atEnd = !ReadHeader(_reader);
        if (_atEnd && _reader.Broken is { } broken)
            AddFault(_reader.Line, broken);
    }

    private bool ReadHeader(CsvReader reader)
    {
        if (!reader.Read())
        {
            if (reader.Broken is null)
                AddFault(0, $"the file is empty: its first line names the columns {Required}");
            return false;
        }
        Array.Fill(_positions, -1);
        _width = reader.Count;
        for (var i = 0; i < _width; i++)
        {
            var name = Encoding.UTF8.GetString(reader[i]);
            var column = Array.FindIndex(_columns, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column < 0)
                continue;
            if (_positions[column] >= 0)
                AddFault(reader.Line, $"the column '{_columns[column]}' stands twice");
            _positions[column] = i;
        }
        foreach (var (position, column) in _positions.Zip(_columns))
            if (position < 0 && column != _optional)
                AddFault(reader.Line,
                    $"the column '{column}' is missing: the first line names {Required}");
        return _faults.Count == 0;
    }

    private void AddFault(long line, string sentence)
    {
        if (_faults.Count < MostFaults)
            _faults.Add(new FileFault(_path, line, sentence));
        else
            _more++;
    }
}
