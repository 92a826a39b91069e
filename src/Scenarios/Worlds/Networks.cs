using System.Globalization;
using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>
/// Addresses that nobody in the world has: carriers in 100.64.0.0/10, all others in 240.0.0.0/4, staff in 10.0.0.0/8.
/// Thousands of phones share one of a carrier's addresses; a household, an office or a campus has its own.
/// </summary>
internal sealed class Networks(ulong seed, long accounts)
{
    private const uint Carriers = 100u << 24 | 64u << 16;
    private const uint Homes = 240u << 24;
    private const uint Offices = 248u << 24;
    private const uint Campuses = 249u << 24;
    private const uint HostingRange = 250u << 24;
    private const uint ForeignRange = 251u << 24;
    private const uint SixRange = 252u << 24;

    private readonly int _carrierAddresses = (int)Math.Clamp(accounts / 1500, 8, 4096);
    private readonly int _offices = (int)(accounts / 400 + 4);
    private readonly int _campuses = (int)(accounts / 50_000 + 1);

    /// <summary>The address as a log writes it: dotted, or of 2001:db8::/32, which is for examples.</summary>
    public static string Text(uint address) => IsSix(address)
        ? string.Create(CultureInfo.InvariantCulture, $"2001:db8:{address & 0xFFFF:x}:{address >> 16 & 255:x}::1")
        : string.Create(CultureInfo.InvariantCulture,
            $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");

    public static bool IsSix(uint address) => address >> 24 == SixRange >> 24;

    public static uint Staff(int desk) => 10u << 24 | 20u << 16 | (uint)(10 + desk);

    public static uint Internal(int machine) => 10u << 24 | 30u << 16 | (uint)(11 + machine);

    public static uint Hosting(int index) => HostingRange + (uint)(index * 0x1F3 + 0x11);

    /// <summary>Somebody's home abroad, rented out by a proxy provider.</summary>
    public static uint Foreign(long index) => ForeignRange + (uint)(Dice.Mix((ulong)index) % (1 << 24));

    public static uint Crawler(int index) => 192u << 24 | 2u << 8 | (uint)(17 + index);

    /// <summary>One of the addresses of the three carriers, which phones share.</summary>
    public uint Carrier(int index) =>
        Carriers + ((uint)(index % 3) << 18) + (uint)(index / 3 % _carrierAddresses);

    /// <summary>Where a seat is at a time.</summary>
    public uint Of(long seat, long account, DeviceClass device, long at, bool workday)
    {
        var day = Clock.DayOf(at);
        var dice = new Dice(seed, Draw.Device, seat, day * 4 + (at - day * Clock.Day) / (6 * Clock.Hour));
        var hour = (at - day * Clock.Day) / Clock.Hour;
        var place = dice.Below(100);
        var atWork = workday && hour is >= 9 and < 18;
        if (device.IsPhone() && place < 55)
        {
            // three carriers; a phone keeps its address for a quarter of a day
            var carrier = (uint)((ulong)seat % 10) switch { < 5 => 0u, < 8 => 1u, _ => 2u };
            return Carriers + (carrier << 18) + (uint)dice.Below(_carrierAddresses);
        }
        if (atWork && place < (device.IsPhone() ? 68 : 75))
        {
            var office = (uint)(Dice.Mix(seed ^ (ulong)account * 7) % (ulong)_offices);
            return Offices + (office << 8) + 1 + (uint)dice.Below(3);
        }
        if (atWork && place < 80 && account % 9 == 0)
            return Campuses + ((uint)(account / 9 % _campuses) << 8) + (uint)dice.Below(6);
        var household = (uint)(Dice.Mix(seed + (ulong)account) % (ulong)(accounts * 4 / 5 + 1));
        // one home in six has the newer protocol, a prefix of its own
        return household % 6 == 0 && household < 1 << 24
            ? SixRange + household
            : Homes + (household / 250 << 8) + household % 250 + 2;
    }
}
