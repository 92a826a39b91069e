namespace WhoSaw.Detection.Breadth;

internal static class Mixing
{
    /// <summary>
    /// The finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection, so only the combination of two numbers can
    /// collide.
    /// </summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
