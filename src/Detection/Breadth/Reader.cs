using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>Whose different people are counted.</summary>
internal enum ReaderKind : byte
{
    /// <summary>A session, other people than its own account.</summary>
    Credential,

    /// <summary>An employee or a service account.</summary>
    Principal,

    /// <summary>An address where the log names neither a principal nor an account; own data counts too.</summary>
    Anonymous,

    /// <summary>An address, other people than the accounts of its sessions; so the following.</summary>
    Client,
    Network,
    Agent,
    Key,

    /// <summary>An autonomous system, in <see cref="SystemCounts"/>.</summary>
    System,
}

/// <param name="Id">A fingerprint, or the index of a symbol.</param>
/// <param name="Role">For a principal the operation: support staff and a delivery service are different roles.</param>
internal readonly record struct Reader(ReaderKind Kind, ulong Id, short Role)
{
    /// <summary>The column, and the kind of actor, that it is in.</summary>
    public string Column => Kind == ReaderKind.Anonymous ? "client" : Kind.ToString().ToLowerInvariant();

    /// <summary>A number that is the same in every run, and another reader's by chance alone.</summary>
    public ulong KeyOf(SymbolKeys keys) =>
        (Kind == ReaderKind.Credential ? Id : keys.Of(new Symbol((int)Id))) ^ ((ulong)Kind << 61);

    public Actor Actor =>
        new(Kind == ReaderKind.Credential ? ActorKind.Credential : ActorKind.Principal, Id);

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write((byte)Kind);
        state.WriteOperation(catalog, Kind == ReaderKind.Principal ? Role : -1);
        if (Kind == ReaderKind.Credential)
            state.Write(Id);
        else
            state.WriteSymbol(catalog, new Symbol((int)Id));
    }

    public static Reader Restore(BinaryReader state, Catalog catalog)
    {
        var kind = (ReaderKind)state.ReadByte();
        var operation = state.ReadOperation(catalog);
        var id = kind == ReaderKind.Credential ? state.ReadUInt64() : (ulong)state.ReadSymbol(catalog).Index;
        return new Reader(kind, id, kind == ReaderKind.Principal ? operation : (short)0);
    }

    public static IReadOnlyList<ReaderKind> Kinds { get; } = Enum.GetValues<ReaderKind>();

    /// <summary>The readers of a row that shows somebody's data.</summary>
    public static int Of(AccessBatch batch, int row, Span<Reader> readers)
    {
        if (!batch.Principal[row].IsNone)
        {
            readers[0] = new Reader(
                ReaderKind.Principal, (ulong)batch.Principal[row].Index, batch.Operation[row]);
            return 1;
        }
        var (client, count) = (batch.Client[row], 0);
        if (batch.Account[row].IsNone)
        {
            if (!client.IsNone)
                readers[count++] = new Reader(ReaderKind.Anonymous, (ulong)client.Index, 0);
            return count;
        }
        if ((batch.Traits[row] & Trait.SomeoneElse) == 0)
            return 0;
        if (batch.Credential[row] != 0)
            readers[count++] = new Reader(ReaderKind.Credential, batch.Credential[row], 0);
        Add(ReaderKind.Client, client, readers, ref count);
        Add(ReaderKind.Network, batch.Network[row] == client ? Symbol.None : batch.Network[row], readers, ref count);
        Add(ReaderKind.Agent, batch.Agent[row], readers, ref count);
        Add(ReaderKind.Key, batch.Key[row], readers, ref count);
        return count;
    }

    private static void Add(ReaderKind kind, Symbol value, Span<Reader> readers, ref int count)
    {
        if (!value.IsNone)
            readers[count++] = new Reader(kind, (ulong)value.Index, 0);
    }
}
