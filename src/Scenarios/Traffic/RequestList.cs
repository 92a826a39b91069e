namespace WhoSaw.Scenarios.Traffic;

/// <summary>Requests that wait for their time, in a buffer that is used again and again.</summary>
internal sealed class RequestList
{
    private Request[] _requests = new Request[1024];
    private ulong[] _order = new ulong[1024];

    public int Count { get; private set; }

    public ref Request this[int index] => ref _requests[index];

    public ref Request Add()
    {
        if (Count == _requests.Length)
            Array.Resize(ref _requests, Count * 2);
        ref var request = ref _requests[Count++];
        request = default;
        request.Principal = -1;
        return ref request;
    }

    public void Clear() => Count = 0;

    public Request[] ToArray() => _requests[..Count];

    /// <summary>
    /// The places of those that reach their log before <paramref name="end"/>, in that order; what comes at the same
    /// millisecond, in the order in which it was added.
    /// </summary>
    public ReadOnlySpan<ulong> Due(long start, long end, ulong placeMask)
    {
        if (_order.Length < Count)
            _order = new ulong[_requests.Length];
        var due = 0;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var request = ref _requests[i];
            var arrival = request.At + request.LateBy * Worlds.Clock.Second;
            if (arrival < end)
                _order[due++] = (ulong)Math.Max(0, arrival - start) * (placeMask + 1) | (uint)i;
        }
        Array.Sort(_order, 0, due);
        return _order.AsSpan(0, due);
    }

    /// <summary>Drops what <see cref="Due"/> gave for the same end.</summary>
    public void Drop(long end)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
            if (_requests[i].At + _requests[i].LateBy * Worlds.Clock.Second >= end)
                _requests[kept++] = _requests[i];
        Count = kept;
    }

    public void DropBefore(long start)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
            if (_requests[i].At >= start)
                _requests[kept++] = _requests[i];
        Count = kept;
    }
}
