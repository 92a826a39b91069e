using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Scoping.Tests.Reports;

/// <summary>
/// A made-up theft with forged passes, for the pages: eleven days, three streams, a gap of six hours.
/// </summary>
internal static class ForgedPassStory
{
    private static readonly string[] Streams = ["gw1", "gw2", "iam"];
    private static readonly long[] Accounts = [0, 3, 0, 0, 395, 402, 311, 398, 401, 444, 0];
    private static readonly long[] NewAccounts = [0, 3, 0, 0, 392, 396, 305, 390, 393, 918, 0];
    private static readonly long[] Views = [0, 3, 0, 0, 1795, 1822, 1409, 1801, 1822, 2030, 0];

    public static TimeZoneInfo Seoul { get; } =
        TimeZoneInfo.CreateCustomTimeZone("Asia/Seoul", TimeSpan.FromHours(9), "KST", "KST");

    public static EventTime At(int day, int hour, int minute) =>
        EventTime.From(new DateTimeOffset(2025, 4, day, hour, minute, 0, TimeSpan.FromHours(9)));

    public static readonly GapStory Gap = new("gw2", At(17, 6, 0), At(17, 12, 0), "silence", 48, 96);

    public static ScanStory Whole { get; } = new()
    {
        Lines = 153_100,
        Files = 42,
        Streams = 3,
        First = At(11, 0, 0),
        Last = At(21, 23, 59),
        Zone = Seoul,
        Accesses = 22_410,
        Accounts = 9_120,
        Rejected = 0,
        Seconds = 0.4,
        Findings = [Theft(), Custody(), CoverageOfGateway()],
        Gaps = [Gap with { LikelyViews = null, AtMostViews = null }],
        Notices = ["7 lines came too late for the order of time and were put in by themselves."],
        LookedFor = ["unissued-credential", "canary", "key-custody", "breadth", "coverage"],
        LedgerPath = "evidence",
        ConfigPath = "whosaw.yaml",
        Version = "0.1.0",
        Checkpoint = "example.com/ledger\n128\n5Zx8vXkq0ZsBq3cX0m1b6N0y8m4rC2Yt7Yh1h8b8v1A=\n\n"
            + "— example.com/ledger Az3grlnVtAbKHR4wMCe8mFqjQ0wY6T0Jm0eH8x2yUvQb0hP5lq1uB3c=\n",
        Sources =
        [
            new("gateway", "gw1", "logs/gateway/gw1-20250411.log.gz", 1_204_112, Digest('a'), 61_002, 9_871, 0),
            new("gateway", "gw2", "logs/gateway/gw2-20250411.log.gz", 1_190_874, Digest('3'), 60_110, 9_655, 0, true),
            new("issuer", "iam", "logs/issuer/iam-20250411.log.gz", 402_331, Digest('7'), 31_988, 0, 0),
        ],
        Coverage = [.. Streams.SelectMany(stream => Enumerable.Range(11, 11).Select(day => new CoverageDay(stream,
            new DateOnly(2025, 4, day), 4_200 + 37 * day + (stream == "iam" ? -2_600 : 0)
                - (stream == "gw2" && day == 17 ? 1_310 : 0), stream == "gw2" && day == 17 ? 360 : 0)))],
        Days = [.. Enumerable.Range(0, 11).Select(i =>
            new DayTotal(new DateOnly(2025, 4, 11 + i), 13_918, 2_037, 1_204 + Accounts[i]))],
    };

    public static ScanStory Quiet { get; } = Whole with
    {
        Findings = [],
        Gaps = [],
        Coverage = [.. Whole.Coverage.Select(day => day with { MissingMinutes = 0 })],
        Notices = [],
        Rejected = 3,
        RejectReasons = [new("malformed", 2), new("too long", 1)],
        NotSeen = ["no decoy accounts are planted"],
    };

    public static ScanStory Unconfigured { get; } = Quiet with
    {
        ConfigPath = null,
        LedgerPath = null,
        Inputs = ["logs/access log.gz"],
        Assumptions = ["the format is combined, which fits 10,000 of 10,000 lines"],
        NotSeen = ["no issuer log is configured: forged passes cannot be told from real ones"],
        Routes =
        [
            new("GET /api/members/{member}/addresses", 2_410, 812, true, ["name", "phone", "address"],
                "its path says members and addresses"),
            new("GET /products/{product}", 40_102, 3_004, false, [], ""),
            new("GET /static/{file}", 90_001, 112, false, [], ""),
        ],
    };

    public static FindingStory Theft() => new()
    {
        Finding = Finding("F1", FindingKind.Access, "unissued-credential", Severity.Critical) with
        {
            Title = "Customers' data is read with passes that nobody issued",
            Why = "6,491 sessions were used that no issuer record explains",
            ActorKind = "key",
            ActorValue = "k-backup-2024-04",
            Where = "key = 'k-backup-2024-04' and network in ('192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24')",
            Technique = "T1606.001",
            Samples = [new("logs/gateway/gw1-20250412.log.gz", 8_841), new("logs/gateway/gw2-20250412.log.gz", 12_004)],
        },
        Accounts = 2_797,
        People = 3_912,
        Views = 10_682,
        Fields = ["name", "email", "phone", "address"],
        Operations =
        [
            new("profile", 1_202, 1_340, ["name", "email"]),
            new("addresses", 2_797, 8_931, ["name", "phone", "address"]),
            new("address-edit", 398, 411, ["name", "phone", "address", "entrance-code"]),
        ],
        Categories =
        [
            new("name", 2_797, 10_682), new("email", 1_202, 1_340), new("phone", 2_797, 9_342),
            new("address", 2_797, 9_342), new("entrance-code", 398, 411),
        ],
        PerDay = [.. Accounts.Select((accounts, i) =>
            new DayCount(new DateOnly(2025, 4, 11 + i), accounts, NewAccounts[i], Views[i]))],
        Evidence =
        [
            new("no issuer record", "6,491 of 6,491 sessions", "0 of 9,311"),
            new("no log-in before it", "all", "3.1 %"),
            new("accounts that do not exist", "57 % of tries", "0.02 %"),
        ],
        Who =
        [
            "key k-backup-2024-04, which engineer-41 held, who left on 31 December 2024",
            "8 addresses in 8 networks abroad, about 6 requests an hour each",
        ],
        AccountsBeforeAlarm = 3,
        Gaps = [Gap],
        Canaries = new(14, 500, 2_810, 1_542, 4_663, true),
        Test = new(At(12, 0, 8), At(12, 0, 11), 3, At(15, 0, 0)),
        Breadth = new("day", 100,
        [
            new("192.0.2.17", 402, true), new("198.51.100.3", 398, true), new("203.0.113.90", 311, true),
            new("198.51.100.77", 48, true), new("192.0.2.200", 12, false), new("203.0.113.5", 4, false),
            new("203.0.113.6", 1, false),
        ]),
        Suspicion = new(20.7,
        [
            new(At(12, 0, 8), 6.9), new(At(12, 0, 9), 13.8), new(At(12, 0, 11), 22.4), new(At(15, 0, 0), 24.1),
            new(At(15, 6, 0), 118), new(At(16, 0, 0), 402), new(At(18, 0, 0), 1_204), new(At(20, 23, 58), 2_880),
        ]),
    };

    private static FindingStory Custody() => new()
    {
        Finding = Finding("F2", FindingKind.Custody, "key-custody", Severity.High) with
        {
            Title = "A key is accepted although somebody who held it has left",
            Why = "key k-backup-2024-04 is still accepted although a holder has left.",
            ActorKind = "key",
            ActorValue = "k-backup-2024-04",
        },
    };

    private static FindingStory CoverageOfGateway() => new()
    {
        Finding = Finding("F3", FindingKind.Coverage, "coverage", Severity.Medium) with
        {
            Title = "gw2 kept no log for six hours",
            First = Gap.From,
            Last = Gap.To,
            ActorKind = "stream",
            ActorValue = "gw2",
        },
    };

    public static Finding Finding(string id, FindingKind kind, string detector, Severity severity) => new()
    {
        Id = id,
        Kind = kind,
        Detector = detector,
        Severity = severity,
        Raised = At(12, 0, 9),
        First = At(12, 0, 8),
        Last = At(20, 23, 58),
        Title = "",
        Why = "",
        ActorKind = "",
        ActorValue = "",
        Where = "",
    };

    private static string Digest(char digit) =>
        new string(digit, 8) + "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef" + new string(digit, 8);
}
