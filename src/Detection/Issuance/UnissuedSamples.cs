using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>Samples as they are saved: the number of the request, and where its line is.</summary>
internal static class UnissuedSamples
{
    public static void Save(BinaryWriter state, List<(long Number, RecordLocation Location)> samples)
    {
        state.Write7BitEncodedInt(samples.Count);
        foreach (var (number, location) in samples)
        {
            state.Write(number);
            state.WriteLocation(location);
        }
    }

    public static List<(long Number, RecordLocation Location)> Read(BinaryReader state)
    {
        var samples = new List<(long, RecordLocation)>();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            samples.Add((state.ReadInt64(), state.ReadLocation()));
        return samples;
    }
}
