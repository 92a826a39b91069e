using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using WhoSaw.Records;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary>
/// <c>rejects/000001.jsonl.zst</c>: lines that are no records, kept whole, with their place and the reason.
/// </summary>
internal sealed class RejectFile : IDisposable
{
    private const int Level = 3;

    private readonly StagedFile _file;
    private readonly string _path;
    private readonly CompressionStream _zstd;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    public RejectFile(StagedFile file, string path)
    {
        (_file, _path) = (file, path);
        _zstd = new CompressionStream(file, Level, leaveOpen: true);
        _json = new Utf8JsonWriter(_line, FindingJson.Options);
    }

    public long Count { get; private set; }

    public void Add(
        string source, string stream, string file, long offset, string reason, ReadOnlySpan<byte> line,
        EventTime? near)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("source", source);
        _json.WriteString("stream", stream);
        _json.WriteString("file", file);
        _json.WriteNumber("offset", offset);
        _json.WriteNumber("length", line.Length);
        _json.WriteString("reason", reason);
        if (near is { } time)
            _json.WriteString("near", time.ToString());
        if (Utf8.IsValid(line))
            _json.WriteString("line", line);
        else
            _json.WriteBase64String("base64", line);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        Try(() => _zstd.Write(_line.WrittenSpan));
        Count++;
    }

    public FileStamp Complete(string name)
    {
        Try(_zstd.Dispose);
        _file.Complete();
        return new FileStamp(name, _file.Sha256, _file.Written, Count);
    }

    public void Dispose()
    {
        _json.Dispose();
        try
        {
            _zstd.Dispose();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            // Given up without a commit: the file is removed next.
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, _path);
        }
    }
}
