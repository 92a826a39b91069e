namespace WhoSaw.Scenarios.Worlds;

/// <summary>
/// Which integers are members: of each 101 ids 43 are, in an order of the block's own, so 57 % of ids tried at random
/// belong to nobody. Both directions are arithmetic; nothing is stored, whatever the number of accounts.
/// </summary>
internal sealed class IdSpace
{
    public const int BlockSize = 101;
    public const int Filled = 43;
    public const int HolesInBlock = BlockSize - Filled;
    public const long LowestId = 1_000_000;

    private static readonly byte[] Inverses = [.. Enumerable.Range(0, BlockSize).Select(a =>
        (byte)Enumerable.Range(0, BlockSize).FirstOrDefault(b => a * b % BlockSize == 1))];

    private readonly ulong _seed;

    /// <param name="canaries">Decoys, spread evenly over holes; at most <see cref="HolesOf"/>.</param>
    public IdSpace(ulong seed, long accounts, long canaries)
    {
        (_seed, Accounts, Canaries) = (Chance.Dice.Mix(seed ^ 0x1D5), accounts, canaries);
        Blocks = BlocksOf(accounts);
    }

    public long Accounts { get; }
    public long Canaries { get; }
    public long Blocks { get; }

    /// <summary>How many ids there are from the lowest to the highest.</summary>
    public long Span => Blocks * BlockSize;

    /// <summary>How many holes there are to plant decoys in.</summary>
    public static long HolesOf(long accounts) => BlocksOf(accounts) * HolesInBlock;

    private static long BlocksOf(long accounts) => (accounts + Filled - 1) / Filled;

    public long IdOf(long account)
    {
        var (block, place) = Math.DivRem(account, Filled);
        return LowestId + block * BlockSize + SlotOf(block, (int)place);
    }

    public long CanaryId(long canary)
    {
        var block = canary * Blocks / Canaries;
        return LowestId + block * BlockSize + SlotOf(block, Filled + (int)(canary - FirstCanary(block)));
    }

    /// <summary>The account of an id; −1 for a hole and for a decoy.</summary>
    public long AccountOf(long id)
    {
        var (block, place) = Locate(id);
        var account = block * Filled + place;
        return place < Filled && block >= 0 && account < Accounts ? account : -1;
    }

    public bool IsCanary(long id)
    {
        var (block, place) = Locate(id);
        return place >= Filled && block >= 0 && block < Blocks
            && place - Filled < FirstCanary(block + 1) - FirstCanary(block);
    }

    /// <summary>The ids of a block that somebody has, in order, each with its account, or −1 for a decoy.</summary>
    public IEnumerable<(long Id, long Account)> Members(long block)
    {
        for (var slot = 0; slot < BlockSize; slot++)
        {
            var id = LowestId + block * BlockSize + slot;
            if (AccountOf(id) is >= 0 and var account)
                yield return (id, account);
            else if (IsCanary(id))
                yield return (id, -1);
        }
    }

    // the first decoy whose block is this one or a later one
    private long FirstCanary(long block) => (block * Canaries + Blocks - 1) / Blocks;

    private int SlotOf(long block, int place)
    {
        var (factor, shift) = ShapeOf(block);
        return (factor * place + shift) % BlockSize;
    }

    private (long Block, int Place) Locate(long id)
    {
        if (id < LowestId)
            return (-1, 0);
        var (block, slot) = Math.DivRem(id - LowestId, BlockSize);
        var (factor, shift) = ShapeOf(block);
        return (block, (int)((slot - shift + BlockSize) % BlockSize) * Inverses[factor] % BlockSize);
    }

    private (int Factor, int Shift) ShapeOf(long block)
    {
        var draw = Chance.Dice.Mix(_seed + (ulong)block);
        return (1 + (int)(draw % (BlockSize - 1)), (int)((draw >> 32) % BlockSize));
    }
}
