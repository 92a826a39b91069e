using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// What is remembered of an issued credential, in the forty bits of <see cref="CredentialBook"/>: 13 of the account, 22
/// of the minute in which it ends.
/// </summary>
/// <remarks>
/// Another account has the same 13 bits once in 8,190 times and then passes for the right one; the right one never
/// passes for another. Minutes go round in eight years: an end more than four years away is not remembered.
/// </remarks>
internal readonly struct IssuedPass(ulong bits)
{
    private const ulong Several = (1 << 13) - 1;
    private const int Minutes = (1 << 22) - 1;

    public ulong Bits => bits;

    public static IssuedPass Of(SubjectId account, EventTime time, EventTime expires) =>
        new(AccountBits(account) | MinuteBits(time, expires) << 13);

    /// <summary>
    /// The pass after one more record of it, at that time. A refresh prolongs; it never shortens. A credential that was
    /// issued to two accounts belongs to both.
    /// </summary>
    public IssuedPass With(IssuedPass later, EventTime time)
    {
        var (mine, other) = (bits & Several, later.Bits & Several);
        var account = mine == 0 || mine == other ? other : other == 0 ? mine : Several;
        var (end, another) = (bits >> 13, later.Bits >> 13);
        var keeps = end == 0 || (another != 0 && Left(end, time) >= Left(another, time));
        return new IssuedPass(account | (keeps ? end : another) << 13);
    }

    public bool EndsLike(IssuedPass other) => bits >> 13 == other.Bits >> 13;

    /// <summary>Certainly issued to somebody else.</summary>
    public bool IsNotOf(SubjectId account) =>
        !account.IsNone && (bits & Several) is var mine and not 0 and not Several && mine != AccountBits(account);

    /// <summary>Whole minutes since it ended; 0 when it has not, or no end is known.</summary>
    public int MinutesOver(EventTime time) =>
        bits >> 13 is var end and not 0 ? Math.Max(0, -Left(end, time)) : 0;

    private static ulong AccountBits(SubjectId account)
    {
        if (account.IsNone)
            return 0;
        var mixed = (ulong)account.Value * 0x9E3779B97F4A7C15UL;
        return 1 + ((mixed >> 32) * (Several - 1) >> 32);
    }

    // Rounded up: what has ended here has ended.
    private static ulong MinuteBits(EventTime time, EventTime expires) =>
        expires == EventTime.Latest || expires - time > Minutes / 2 * EventTime.Minute
            ? 0
            : 1 + (ulong)Modulo(expires.Plus(EventTime.Minute - 1).MinuteNumber);

    /// <summary>Minutes from a time to the end, below zero when it is over.</summary>
    private static int Left(ulong end, EventTime time)
    {
        var left = Modulo((long)end - 1 - time.MinuteNumber);
        return left > Minutes / 2 ? left - Minutes : left;
    }

    private static int Modulo(long minute) => (int)((minute % Minutes + Minutes) % Minutes);
}
