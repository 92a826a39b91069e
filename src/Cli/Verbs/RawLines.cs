using System.Text;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// Reads lines of the original logs by their offset in the decompressed file; keeps the last file open for the next.
/// </summary>
internal sealed class RawLines(string? folder) : IDisposable
{
    private const int LongestLine = 1 << 20;
    private Stream? _stream;
    private string? _file;
    private string? _path;
    private long _position;

    /// <summary>The line, or null when there is no folder, no such file, or the file ends before.</summary>
    public string? Read(string file, long offset)
    {
        if (folder is null)
            return null;
        var path = _file == file ? _path : FileMark.Find(folder, file);
        if (path is null)
            return null;
        if (_file != file || offset < _position)
        {
            _stream?.Dispose();
            _stream = new BufferedStream(SourceStreams.OpenDecompressed(path), 1 << 16);
            (_file, _path, _position) = (file, path, 0);
        }
        while (_position < offset)
        {
            if (_stream!.ReadByte() < 0)
                return null;
            _position++;
        }
        var line = new List<byte>();
        for (var next = _stream!.ReadByte(); next is >= 0 and not '\n' && line.Count < LongestLine;
            next = _stream.ReadByte())
            line.Add((byte)next);
        _position += line.Count + 1;
        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }

    public void Dispose() => _stream?.Dispose();
}
