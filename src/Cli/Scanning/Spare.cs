namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Room that one part of a run leaves behind is given back before the next, which needs its own. The collector would
/// wait until it is short of memory: it sees all of the machine's.
/// </summary>
internal static class Spare
{
    private const long Little = 768L << 20;

    public static void Collect()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > Little)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
