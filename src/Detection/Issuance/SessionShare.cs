using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>Counts of one side of the comparison: sessions that were issued, or those that were not.</summary>
internal sealed class SessionShare
{
    public long Sessions { get; private set; }
    public long WithoutLogin { get; private set; }
    public long AbsentSessions { get; private set; }
    public long DecoyReads { get; private set; }

    public void Add(AccessBatch batch, int row)
    {
        var traits = batch.Traits[row];
        if ((traits & Trait.SessionStart) != 0)
        {
            Sessions++;
            AbsentSessions += (traits & Trait.Absent) != 0 ? 1 : 0;
            WithoutLogin += (traits & Trait.FirstPage) != 0 ? 1 : 0;
        }
        if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0)
            return;
        DecoyReads += (traits & Trait.Canary) != 0 && batch.Outcome[row] == Outcome.Disclosed ? 1 : 0;
    }

    public void Add(SessionShare other)
    {
        Sessions += other.Sessions;
        WithoutLogin += other.WithoutLogin;
        AbsentSessions += other.AbsentSessions;
        DecoyReads += other.DecoyReads;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Sessions);
        state.Write(WithoutLogin);
        state.Write(AbsentSessions);
        state.Write(DecoyReads);
    }

    public void Restore(BinaryReader state)
    {
        Sessions = state.ReadInt64();
        WithoutLogin = state.ReadInt64();
        AbsentSessions = state.ReadInt64();
        DecoyReads = state.ReadInt64();
    }
}
