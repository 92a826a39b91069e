namespace WhoSaw.Architecture.Tests;

internal static class Faults
{
    /// <summary>Fails with the whole list, a fault a line.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.Distinct().ToArray();
        if (all.Length > 0)
            Assert.Fail($"{all.Length} faults\n{string.Join('\n', all)}");
    }
}
