using System.Runtime.InteropServices;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Guessing;

/// <summary>One address with one kind of software at the log-in, from its first refusal on.</summary>
internal struct Door
{
    public int Refused;
    public int Accepted;

    /// <summary>The address had come to log in before it was ever seen with a session.</summary>
    public bool IsStranger;
    public EventTime FirstRefused;
    public Stretch Opened;
    public RecordLocation? Sample;

    /// <summary>Refused far more often than people are, who mistype and then come in.</summary>
    public readonly bool IsOdd => IsStranger && Refused > 3 * Accepted;

    public readonly void Save(BinaryWriter state)
    {
        state.Write(Refused);
        state.Write(Accepted);
        state.Write(IsStranger);
        state.WriteTime(FirstRefused);
        Opened.Save(state);
        state.WriteLocation(Sample!);
    }

    public static Door Restore(BinaryReader state) => new()
    {
        Refused = state.ReadInt32(),
        Accepted = state.ReadInt32(),
        IsStranger = state.ReadBoolean(),
        FirstRefused = state.ReadTime(),
        Opened = Stretch.Restore(state),
        Sample = state.ReadLocation(),
    };
}

/// <summary>
/// Who was refused at the log-in. A door that was never refused is not held: about 100 bytes for each that was, two
/// bits and a count for every other address.
/// </summary>
internal sealed class Doors(Catalog catalog)
{
    private readonly Dictionary<(Symbol Client, Symbol Agent), Door> _doors = [];
    private readonly Dictionary<(Symbol Agent, int Day), int> _accepted = [];
    private ulong[] _seen = new ulong[1 << 10];
    private ulong[] _cameWithSession = new ulong[1 << 10];
    private ushort[] _acceptedAt = new ushort[1 << 10];

    public IEnumerable<((Symbol Client, Symbol Agent) Name, Door Door)> All =>
        _doors.Select(pair => (pair.Key, pair.Value));

    /// <summary>Log-ins that succeeded, by software and UTC day.</summary>
    public IReadOnlyDictionary<(Symbol Agent, int Day), int> Accepted => _accepted;

    /// <summary>Log-ins that succeeded from an address with any software; 65,535 is that or more.</summary>
    public int AcceptedAt(Symbol client) => client.Index < _acceptedAt.Length ? _acceptedAt[client.Index] : 0;

    public void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked || batch.Client[row].IsNone)
                continue;
            var isLogin = batch.Kind[row] == RecordKind.Login;
            if (isLogin || batch.Credential[row] != 0)
                Meet(batch.Client[row].Index, withSession: !isLogin);
            if (!isLogin)
                continue;
            if (batch.Outcome[row] == Outcome.Refused)
                Refuse(batch, row);
            else if (batch.Outcome[row] == Outcome.Disclosed || batch.Status[row] is >= 300 and < 400)
                Accept(batch, row);
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_doors.Count);
        foreach (var ((client, agent), door) in _doors)
        {
            SavedSymbols.Write(state, client);
            SavedSymbols.Write(state, agent);
            door.Save(state);
        }
        state.Write(_accepted.Count);
        foreach (var ((agent, day), count) in _accepted)
        {
            SavedSymbols.Write(state, agent);
            state.Write(day);
            state.Write(count);
        }
        foreach (var bits in new[] { _seen, _cameWithSession })
        {
            var clients = Enumerable.Range(0, bits.Length * 64).Where(client => Has(bits, client)).ToList();
            state.Write(clients.Count);
            clients.ForEach(client => SavedSymbols.Write(state, new Symbol(client)));
        }
        state.Write(_acceptedAt.Count(count => count > 0));
        foreach (var (client, count) in _acceptedAt.Index().Where(each => each.Item > 0))
        {
            SavedSymbols.Write(state, new Symbol(client));
            state.Write(count);
        }
    }

    public void Restore(BinaryReader state, SavedSymbols symbols)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _doors.Add((symbols.Read(state), symbols.Read(state)), Door.Restore(state));
        for (var left = state.ReadInt32(); left > 0; left--)
            _accepted.Add((symbols.Read(state), state.ReadInt32()), state.ReadInt32());
        for (var left = state.ReadInt32(); left > 0; left--)
            Set(ref _seen, symbols.Read(state).Index);
        for (var left = state.ReadInt32(); left > 0; left--)
            Set(ref _cameWithSession, symbols.Read(state).Index);
        for (var left = state.ReadInt32(); left > 0; left--)
            AcceptedOf(symbols.Read(state).Index) = state.ReadUInt16();
    }

    private void Refuse(AccessBatch batch, int row)
    {
        ref var door = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _doors, (batch.Client[row], batch.Agent[row]), out var isKnown);
        if (!isKnown)
        {
            door.IsStranger = !Has(_cameWithSession, batch.Client[row].Index);
            door.FirstRefused = batch.Time[row];
            door.Sample = new RecordLocation(catalog.Files[batch.File[row]].Path, batch.Offset[row]);
        }
        door.Refused++;
    }

    private void Accept(AccessBatch batch, int row)
    {
        ref var door = ref CollectionsMarshal.GetValueRefOrNullRef(_doors, (batch.Client[row], batch.Agent[row]));
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref door))
        {
            door.Accepted++;
            door.Opened.See(batch.Time[row]);
        }
        ref var acceptedAt = ref AcceptedOf(batch.Client[row].Index);
        acceptedAt += (ushort)(acceptedAt == ushort.MaxValue ? 0 : 1);
        CollectionsMarshal.GetValueRefOrAddDefault(
            _accepted, (batch.Agent[row], batch.Time[row].DayNumber), out _)++;
    }

    private ref ushort AcceptedOf(int client)
    {
        if (client >= _acceptedAt.Length)
            Array.Resize(ref _acceptedAt, Math.Max(_acceptedAt.Length * 2, client + 1));
        return ref _acceptedAt[client];
    }

    private void Meet(int client, bool withSession)
    {
        if (Has(_seen, client))
            return;
        Set(ref _seen, client);
        if (withSession)
            Set(ref _cameWithSession, client);
    }

    private static bool Has(ulong[] bits, int index) =>
        index >> 6 < bits.Length && (bits[index >> 6] >> index & 1) != 0;

    private static void Set(ref ulong[] bits, int index)
    {
        if (index >> 6 >= bits.Length)
            Array.Resize(ref bits, Math.Max(bits.Length * 2, (index >> 6) + 1));
        bits[index >> 6] |= 1UL << index;
    }
}
