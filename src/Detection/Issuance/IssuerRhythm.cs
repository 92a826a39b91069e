using System.Runtime.InteropServices;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// When the issuer's log speaks, and which log-ins of the access log it should have and has not. A silence in which
/// several people logged in is a gap of the issuer's log: who was given a pass then cannot be told from who was not. A
/// silence in which nobody logged in is a quiet night.
/// </summary>
internal sealed class IssuerRhythm
{
    private const long Bucket = 10 * EventTime.Minute;
    private const int InDay = 144;

    // How far a silence is followed to each side.
    private const int Farthest = 7 * InDay;

    // One lost record is a loss; three on end, with nothing between them, are a silence.
    private const int LostInGap = 3;

    private readonly Dictionary<long, int> _records = [];
    private readonly Dictionary<long, int> _lost = [];
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    /// <summary>Log-ins whose record the issuer's log has not, but for those in gaps.</summary>
    public long LostOutsideGaps =>
        _lost.Where(lost => GapAt(lost.Key - 1) is null && GapAt(lost.Key) is null && GapAt(lost.Key + 1) is null)
            .Sum(lost => (long)lost.Value);

    /// <summary>Log-ins without a record within gaps.</summary>
    public long LostInSilences => _lost.Values.Sum(lost => (long)lost) - LostOutsideGaps;

    /// <summary>
    /// The gaps that are known, the earliest first; of those that began before a time perhaps not all.
    /// </summary>
    public IReadOnlyList<(EventTime From, EventTime To)> Silences(EventTime since)
    {
        var first = BucketOf(since);
        return [.. _lost.Keys.Where(bucket => bucket >= first).Order().Select(GapAt)
            .OfType<(EventTime From, EventTime To)>().Distinct()];
    }

    public void Add(EventTime time)
    {
        var bucket = BucketOf(time);
        CollectionsMarshal.GetValueRefOrAddDefault(_records, bucket, out _)++;
        _first = Math.Min(_first, bucket);
        _last = Math.Max(_last, bucket);
    }

    /// <summary>Somebody logged in, and there is no record of it.</summary>
    public void Lose(EventTime time) => CollectionsMarshal.GetValueRefOrAddDefault(_lost, BucketOf(time), out _)++;

    /// <summary>The record of a log-in that counted as lost came after all.</summary>
    public void Find(EventTime time)
    {
        var bucket = BucketOf(time);
        if (_lost.TryGetValue(bucket, out var lost) && lost > 1)
            _lost[bucket] = lost - 1;
        else
            _lost.Remove(bucket);
    }

    /// <summary>The gap around that time, as far as it is known by then; null when there is none.</summary>
    public (EventTime From, EventTime To)? GapAt(EventTime time) => GapAt(BucketOf(time));

    /// <summary>There still is a gap in that stretch.</summary>
    public bool IsSilentWithin(EventTime from, EventTime to)
    {
        for (var bucket = BucketOf(from); bucket < BucketOf(to); bucket++)
            if (GapAt(bucket) is not null)
                return true;
        return false;
    }

    public void Save(BinaryWriter state)
    {
        foreach (var counts in new[] { _records, _lost })
        {
            state.Write7BitEncodedInt(counts.Count);
            foreach (var (bucket, count) in counts.OrderBy(pair => pair.Key))
            {
                state.Write(bucket);
                state.Write(count);
            }
        }
    }

    public void Restore(BinaryReader state)
    {
        foreach (var counts in new[] { _records, _lost })
            for (var left = state.Read7BitEncodedInt(); left > 0; left--)
                counts.Add(state.ReadInt64(), state.ReadInt32());
        if (_records.Count > 0)
            (_first, _last) = (_records.Keys.Min(), _records.Keys.Max());
    }

    private (EventTime From, EventTime To)? GapAt(long bucket)
    {
        if (_lost.Count == 0 || bucket < _first || _records.ContainsKey(bucket))
            return null;
        var (from, to, lost) = (bucket, bucket, _lost.GetValueOrDefault(bucket));
        while (bucket - from < Farthest && !_records.ContainsKey(from - 1))
            lost += _lost.GetValueOrDefault(--from);
        // Where the log has ended, the gap goes as far as people log in.
        for (var next = to + 1; next - bucket < Farthest && !_records.ContainsKey(next); next++)
        {
            lost += _lost.GetValueOrDefault(next);
            to = next < _last || _lost.ContainsKey(next) ? next : to;
        }
        return lost < LostInGap ? null : (new EventTime(from * Bucket), new EventTime((to + 1) * Bucket));
    }

    private static long BucketOf(EventTime time) => EventTime.FromMinute(time.MinuteNumber).Microseconds / Bucket;
}
