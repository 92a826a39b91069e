using System.Runtime.InteropServices;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// Without an issuer's log a session counts as issued when it logged in, as far as the access log shows. What tells
/// nothing is left out: the same account at the same address again (a bookmark), and software with which most sessions
/// of many people open with personal data (that is how it works).
/// </summary>
internal sealed class DerivedIssuance(DetectionContext context)
{
    private const int LeastSessions = 50;
    private const int LeastClients = 20;

    private readonly PairSet _seen = new();
    private readonly Dictionary<Symbol, Habit> _agents = [];

    private struct Habit
    {
        public int Sessions;
        public int Orphans;
        public int Clients;
    }

    /// <summary>A session that begins: does it tell anything?</summary>
    /// <param name="mostOrphans">From this share of an agent's sessions on they say nothing.</param>
    public bool Tells(AccessBatch batch, int row, double mostOrphans)
    {
        var (agent, keys) = (batch.Agent[row], context.SymbolKeys);
        var client = keys.Of(batch.Client[row]);
        ref var habit = ref CollectionsMarshal.GetValueRefOrAddDefault(_agents, agent, out _);
        habit.Sessions++;
        habit.Orphans += (batch.Traits[row] & Trait.FirstPage) != 0 ? 1 : 0;
        habit.Clients += _seen.Add(keys.Of(agent), client) ? 1 : 0;
        var account = batch.Account[row].IsNone ? batch.Subject[row] : batch.Account[row];
        if (!account.IsNone && !_seen.Add(client, (ulong)account.Value))
            return false;
        return habit.Sessions < LeastSessions || habit.Clients < LeastClients
            || habit.Orphans <= mostOrphans * habit.Sessions;
    }

    public void Save(BinaryWriter state)
    {
        _seen.Save(state);
        state.Write(_agents.Count);
        foreach (var (agent, habit) in _agents)
        {
            state.WriteSymbol(context.Catalog, agent);
            state.Write(habit.Sessions);
            state.Write(habit.Orphans);
            state.Write(habit.Clients);
        }
    }

    public void Restore(BinaryReader state)
    {
        _seen.Restore(state);
        for (var left = state.ReadInt32(); left > 0; left--)
            _agents[state.ReadSymbol(context.Catalog)] = new Habit
            {
                Sessions = state.ReadInt32(),
                Orphans = state.ReadInt32(),
                Clients = state.ReadInt32(),
            };
    }
}
