using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Observations as saved: every text once, then each observation with the numbers of its texts, about fifty bytes. A
/// slow theft is evidence of months: a restart must not forget it.
/// </summary>
internal sealed class ObservationState(Catalog catalog)
{
    // Files of earlier runs, which have no number in this one.
    private readonly List<string> _earlier = [];

    /// <summary>The path of an observation's file, of this run or of an earlier one.</summary>
    public string PathOf(int file) => file >= 0 ? catalog.Files[file].Path : _earlier[~file];

    public void Save(BinaryWriter state, IReadOnlyList<Observation> observations)
    {
        var (texts, files) = (new Dictionary<Symbol, int>(), new Dictionary<int, int>());
        foreach (var observation in observations)
        {
            foreach (var symbol in SymbolsOf(observation))
                texts.TryAdd(symbol, texts.Count);
            files.TryAdd(observation.File, files.Count);
        }
        state.Write7BitEncodedInt(texts.Count);
        foreach (var symbol in texts.Keys)
            state.WriteSymbol(catalog, symbol);
        state.Write7BitEncodedInt(files.Count);
        foreach (var file in files.Keys)
            state.Write(PathOf(file));
        state.Write7BitEncodedInt(observations.Count);
        foreach (var observation in observations)
        {
            state.WriteTime(observation.Time);
            state.Write7BitEncodedInt64(observation.Offset);
            state.Write7BitEncodedInt(files[observation.File]);
            state.Write((byte)observation.Unit);
            if (observation.Unit == Unit.StaffPerson)
                state.WriteOperation(catalog, observation.Context);
            else
                state.Write(observation.Context);
            state.Write(observation.IsRepeat);
            state.Write((uint)observation.Traits);
            state.Write((uint)observation.Silent);
            foreach (var symbol in SymbolsOf(observation))
                state.Write7BitEncodedInt(texts[symbol]);
            state.Write(observation.Credential);
            state.Write(observation.Account.Value);
        }
    }

    public void Restore(BinaryReader state, List<Observation> observations)
    {
        var texts = new Symbol[state.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = state.ReadSymbol(catalog);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _earlier.Add(state.ReadString());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var observation = new Observation
            {
                Time = state.ReadTime(),
                Offset = state.Read7BitEncodedInt64(),
                File = ~state.Read7BitEncodedInt(),
                Unit = (Unit)state.ReadByte(),
            };
            observation.Context = observation.Unit == Unit.StaffPerson
                ? state.ReadOperation(catalog)
                : state.ReadInt16();
            observation.IsRepeat = state.ReadBoolean();
            observation.Traits = (Trait)state.ReadUInt32();
            observation.Silent = (Trait)state.ReadUInt32();
            observation.Client = texts[state.Read7BitEncodedInt()];
            observation.Network = texts[state.Read7BitEncodedInt()];
            observation.Agent = texts[state.Read7BitEncodedInt()];
            observation.Key = texts[state.Read7BitEncodedInt()];
            observation.Principal = texts[state.Read7BitEncodedInt()];
            observation.System = texts[state.Read7BitEncodedInt()];
            observation.Credential = state.ReadUInt64();
            observation.Account = new SubjectId(state.ReadInt64());
            observations.Add(observation);
        }
    }

    private static Symbol[] SymbolsOf(in Observation observation) =>
        [observation.Client, observation.Network, observation.Agent, observation.Key, observation.Principal,
            observation.System];
}
