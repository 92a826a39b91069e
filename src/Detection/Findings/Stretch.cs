using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>From the first to the last of the moments that were seen, in whatever order they came.</summary>
internal struct Stretch
{
    private bool _isKnown;

    public EventTime First { get; private set; }
    public EventTime Last { get; private set; }

    public void See(EventTime time)
    {
        First = !_isKnown || time < First ? time : First;
        Last = !_isKnown || time > Last ? time : Last;
        _isKnown = true;
    }

    public readonly void Save(BinaryWriter state)
    {
        state.Write(_isKnown);
        state.WriteTime(First);
        state.WriteTime(Last);
    }

    public static Stretch Restore(BinaryReader state) => new()
    {
        _isKnown = state.ReadBoolean(),
        First = state.ReadTime(),
        Last = state.ReadTime(),
    };
}
