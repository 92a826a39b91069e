using System.Globalization;
using System.Text;

namespace WhoSaw.Scenarios.Worlds;

internal enum DeviceClass : byte
{
    AppAndroid,
    AppIphone,
    ChromeAndroid,
    SafariIphone,
    ChromeWindows,
    EdgeWindows,
    SafariMac,
}

internal static class DeviceClasses
{
    public static bool IsPhone(this DeviceClass device) => device <= DeviceClass.SafariIphone;

    public static bool IsApp(this DeviceClass device) => device <= DeviceClass.AppIphone;
}

/// <summary>Every agent text of a world, as bytes that need no escaping in JSON.</summary>
internal static class Agents
{
    private const int Variants = 6;
    private const int Versions = 4;
    private const int Classes = 7;

    /// <summary>First of the agents that are no customer's device.</summary>
    public const int Others = Classes * Variants * Versions;
    public const int Delivery = Others;
    public const int Partner = Others + 1;
    public const int Analytics = Others + 2;
    public const int StaffBrowser = Others + 3;
    public const int Googlebot = Others + 4;
    public const int Bingbot = Others + 5;
    public const int Yeti = Others + 6;
    public const int Python = Others + 7;
    public const int Marketing = Others + 8;
    public const int Courier = Others + 9;

    private static readonly string[] Models = ["SM-S928N", "SM-S918N", "SM-A546S", "SM-F946N", "SM-G991N", "SM-A346N"];

    public static readonly byte[][] Texts =
    [
        .. from device in Enum.GetValues<DeviceClass>()
           from variant in Enumerable.Range(0, Variants)
           from version in Enumerable.Range(0, Versions)
           select Encoding.ASCII.GetBytes(Text(device, variant, version)),
        .. new[]
        {
            "delivery-sync/2.3", "partner-gateway/1.9 (okhttp/4.12.0)", "analytics-export/5.1 (python-requests/2.32.3)",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 "
                + "Safari/537.36",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)", "python-requests/2.31.0",
                "campaign-import/3.0",
            "eats-pos/4.2 (okhttp/4.12.0)",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public static int Of(DeviceClass device, int variant, int version) =>
        ((int)device * Variants + variant % Variants) * Versions + version;

    private static string Text(DeviceClass device, int variant, int version)
    {
        var chrome = string.Create(CultureInfo.InvariantCulture,
            $"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{133 + version}.0.0.0");
        var safari = string.Create(CultureInfo.InvariantCulture,
            $"AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{17 + variant % 2}.{version + 1}");
        return device switch
        {
            DeviceClass.AppAndroid => $"ShopApp/{App(version)} (Android {13 + variant % 3}; {Models[variant]})",
            DeviceClass.AppIphone => $"ShopApp/{App(version)} (iPhone; iOS {17 + variant % 2}.{variant % 3 + 3})",
            DeviceClass.ChromeAndroid =>
                $"Mozilla/5.0 (Linux; Android {13 + variant % 3}; {Models[variant]}) {chrome} Mobile Safari/537.36",
            DeviceClass.SafariIphone =>
                $"Mozilla/5.0 (iPhone; CPU iPhone OS {17 + variant % 2}_{version + 1} like Mac OS X) "
                + $"{safari} Mobile/15E148 Safari/604.1",
            DeviceClass.ChromeWindows => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {chrome} Safari/537.36",
            DeviceClass.EdgeWindows =>
                $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {chrome} Safari/537.36 Edg/{133 + version}.0.0.0",
            _ => $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {safari} Safari/605.1.15",
        };
    }

    private static string App(int version) => version switch { 0 => "8.3.5", 1 => "8.3.7", 2 => "8.4.0", _ => "8.4.1" };
}
