using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Parsing;
using WhoSaw.Records;

namespace WhoSaw.Intake.Sightings;

/// <summary>
/// Personal data in a block of lines, whatever they are: a row for each place and different text. The whole block is
/// looked through before it is parsed; a line then costs one comparison.
/// </summary>
internal sealed class SightingRows(Fingerprint fingerprint)
{
    // Beyond so many different texts in a block they are counted together.
    private const int Most = 16_384;

    private readonly List<PersonalText> _found = [];
    private readonly Dictionary<(int Place, SightingKind Kind, ulong Text), int> _rows = [];
    private readonly Dictionary<(int Place, SightingKind Kind), int> _lastOfPlace = [];
    private int _next;

    public void Begin(ReadOnlySpan<byte> block)
    {
        _found.Clear();
        _rows.Clear();
        _lastOfPlace.Clear();
        _next = 0;
        PersonalTextFinder.Find(block, _found);
    }

    /// <summary>Whether something stands before this place of the block and was not asked for yet.</summary>
    public bool IsBefore(int end) => _next < _found.Count && _found[_next].Start < end;

    /// <summary>Passes over what stands before the end of a line that is not looked at.</summary>
    public void Skip(int end)
    {
        while (IsBefore(end))
            _next++;
    }

    /// <summary>Takes what stands in a line.</summary>
    /// <param name="start">Where in the block the line starts.</param>
    /// <param name="fields">Null where the line did not parse.</param>
    /// <param name="time">Of the line, or of the one before it; latest where there is none yet.</param>
    public void Add(
        ReadOnlySpan<byte> line, int start, int end, long offset, LineFields? fields, EventTime time, RecordBlock into)
    {
        Span<byte> room = stackalloc byte[SightingPlace.LongestLength];
        for (; IsBefore(end); _next++)
        {
            var found = _found[_next];
            var at = found.Start - start;
            if (at < 0 || at + found.Length > line.Length)
                continue;
            var place = room[..SightingPlace.Write(line, at, fields, room, out var isAgent)];
            if (isAgent && found.Kind == SightingKind.Email)
                continue;
            Add(new Symbol(into.Symbols.Intern(place)), found, HashOf(line.Slice(at, found.Length), found.Kind),
                offset, time, into);
        }
    }

    private void Add(Symbol place, PersonalText found, ulong hash, long offset, EventTime time, RecordBlock into)
    {
        if (_rows.TryGetValue((place.Index, found.Kind, hash), out var at)
            || _rows.Count >= Most && _lastOfPlace.TryGetValue((place.Index, found.Kind), out at))
        {
            into.Rows[at].Bytes++;
            return;
        }
        _rows[(place.Index, found.Kind, hash)] = _lastOfPlace[(place.Index, found.Kind)] = into.Count;
        ref var row = ref into.Add();
        row = default;
        row.Time = time;
        row.Offset = offset;
        row.Kind = RecordKind.Sighting;
        row.Operation = -1;
        row.Outcome = found.Checks ? Outcome.Disclosed : Outcome.Other;
        row.Status = (short)found.Kind;
        row.Bytes = 1;
        row.Rows = (long)hash;
        row.Expires = EventTime.Latest;
        row.Account = SubjectId.None;
        row.Subject = SubjectId.None;
        row.Target = place;
    }

    /// <summary>
    /// Rows of lines before the first that said a time get the block's first time; without one there is no place for
    /// them.
    /// </summary>
    public void End(RecordBlock into)
    {
        if (_rows.Count == 0)
            return;
        if (into.First == EventTime.Latest)
        {
            into.RemoveRows();
            return;
        }
        for (var at = 0; at < into.Count && into.Rows[at].Time == EventTime.Latest; at++)
            into.Rows[at].Time = into.First;
    }

    /// <summary>Of the digits alone, or of the address in small letters: however it is written, it is one.</summary>
    private ulong HashOf(ReadOnlySpan<byte> text, SightingKind kind)
    {
        Span<byte> plain = stackalloc byte[text.Length];
        if (kind != SightingKind.Email)
            return fingerprint.Of(plain[..PersonalTextFinder.Copy(text, plain)]);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isSign = text[i] == '%';
            plain[length++] = isSign ? (byte)'@' : text[i] is >= (byte)'A' and <= (byte)'Z'
                ? (byte)(text[i] | 0x20) : text[i];
            i += isSign ? 2 : 0;
        }
        return fingerprint.Of(plain[..length]);
    }
}
