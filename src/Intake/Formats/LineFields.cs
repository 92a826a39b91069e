using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// What a line may give as text. The names in lower case are the keys of <c>fields:</c> in a configuration.
/// </summary>
public enum LineField
{
    Client,
    Forwarded,
    Method,
    Target,
    Agent,
    Referrer,
    User,
    Request,
    Credential,
    Key,
    Account,
    Principal,

    /// <summary>A whole token (JWT): taken apart and dropped, never stored.</summary>
    Token,

    /// <summary>What an issuer did: issued, refreshed, revoked.</summary>
    Event,
    Session,
    Statement,
    Object,
    Parameters,
    From,
    To,
    Port,

    /// <summary>
    /// The query without its question mark, where the log keeps it apart; <see cref="Target"/> holds it too.
    /// </summary>
    Query,

    /// <summary>The path alone, where the log keeps it apart from the query.</summary>
    Stem,
}

/// <summary>
/// The fields of one line. Texts are slices of the line, or of a scratch buffer where an escape had to be undone; they
/// are valid until the next <see cref="Clear"/>. One instance per worker; not thread-safe.
/// </summary>
public sealed class LineFields
{
    private const int FieldCount = (int)LineField.Stem + 1;
    private readonly int[] _start = new int[FieldCount];
    private readonly int[] _length = new int[FieldCount];
    private byte[] _scratch = new byte[4096];
    private int _scratchUsed;
    private int _status;

    /// <summary>When it happened; <see cref="HasTime"/> says whether the line said so.</summary>
    public EventTime Time { get; private set; }
    public bool HasTime { get; private set; }

    /// <summary>HTTP status; 0 when the line has none.</summary>
    public int Status
    {
        get => _status;
        set
        {
            _status = value;
            StatusStated = true;
        }
    }

    /// <summary>Whether the line gives a status, be it 0 (an answer that was never begun).</summary>
    public bool StatusStated { get; private set; }

    /// <summary>Bytes of the answer; -1 when the line has none.</summary>
    public long Bytes { get; set; }

    /// <summary>Rows that a statement returned; -1 when the line has none.</summary>
    public long Rows { get; set; }

    /// <summary>How long it took, in microseconds; -1 when the line has none.</summary>
    public long Duration { get; set; }

    /// <summary>When the credential expires; latest when the line does not say.</summary>
    public EventTime Expires { get; set; }

    public void Clear()
    {
        Array.Clear(_length);
        _scratchUsed = 0;
        HasTime = false;
        _status = 0;
        StatusStated = false;
        Bytes = -1;
        Rows = -1;
        Duration = -1;
        Expires = EventTime.Latest;
    }

    public void SetTime(EventTime time)
    {
        Time = time;
        HasTime = true;
    }

    public void Remove(LineField field) => _length[(int)field] = 0;

    public bool Has(LineField field) => _length[(int)field] > 0;

    /// <summary>The shortest field that is a slice of the line and holds this place of it.</summary>
    internal LineField? FieldAt(int place, out int start, out int length)
    {
        LineField? found = null;
        (start, length) = (0, int.MaxValue);
        for (var field = 0; field < FieldCount; field++)
        {
            if (_length[field] == 0 || _start[field] < 0 || place < _start[field]
                || place >= _start[field] + _length[field] || _length[field] >= length)
                continue;
            (found, start, length) = ((LineField)field, _start[field], _length[field]);
        }
        return found;
    }

    /// <summary>The field is this slice of the line.</summary>
    public void SetSlice(LineField field, int start, int length)
    {
        _start[(int)field] = start;
        _length[(int)field] = length;
    }

    /// <summary>The field is this text, which is copied.</summary>
    public void SetText(LineField field, ReadOnlySpan<byte> text)
    {
        var room = Reserve(text.Length);
        text.CopyTo(room);
        Commit(field, text.Length);
    }

    /// <summary>At least that many bytes of scratch to write a field into; follow with <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_scratchUsed + length > _scratch.Length)
            Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _scratchUsed + length));
        return _scratch.AsSpan(_scratchUsed, length);
    }

    public void Commit(LineField field, int length)
    {
        _start[(int)field] = -1 - _scratchUsed;
        _length[(int)field] = length;
        _scratchUsed += length;
    }

    /// <summary>The text of a field, empty when absent; <paramref name="line"/> is the line that was parsed.</summary>
    public ReadOnlySpan<byte> Get(LineField field, ReadOnlySpan<byte> line)
    {
        var length = _length[(int)field];
        if (length == 0)
            return default;
        var start = _start[(int)field];
        return start >= 0 ? line.Slice(start, length) : _scratch.AsSpan(-1 - start, length);
    }
}
