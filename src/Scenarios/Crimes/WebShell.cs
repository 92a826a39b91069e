using System.Globalization;
using System.Text;
using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// Lotte Card, August 2025: an exploit against an unpatched payment server, then requests to a script that was never
/// there; archives of its logs leave over days, and in those logs stand resident numbers in clear. 200 GB, 450,000
/// numbers.
/// </summary>
internal sealed class WebShell(World world, CrimePlan plan) : Crime(world, plan)
{
    public const long DocumentedBytes = 200_000_000_000;
    public const long DocumentedNumbers = 450_000;
    public const long DocumentedPeople = 2_970_000;
    private const string Script = "/pay/uploads/1.jsp";
    private const string Server = "10.40.0.15";

    private readonly List<(long At, uint Client, string Request, int Status, long Bytes)> _hits = [];

    public override void Commit()
    {
        Plan.SourceEntries.Add("""
              - {id: payment-web, kind: access, path: 'logs/web/{stream}-*.log.gz', format: combined}
              - {id: payment-app, kind: access, path: 'logs/app/{stream}-*.log.gz', format: json,
                 fields: {time: ts, client: ip, method: method, target: uri, status: status}}
            """);
        var dice = DiceOf(9);
        var thief = Networks.Hosting(31);
        var at = FirstDay * Clock.Day + 19 * Clock.Hour + 21 * Clock.Minute;
        _hits.Add((at, thief, "POST /wls-wsat/CoordinatorPortType HTTP/1.1", 500, 1900));
        _hits.Add((at + 40_000, thief, $"GET {Script}?c=id HTTP/1.1", 200, 64));
        var parts = Scaled(mild: 2, usual: 14, severe: 60);
        var flows = new FlowLog(World, Plan);
        for (var part = 0; part < parts; part++)
        {
            var time = at + Clock.Hour + part * ((World.End - at - 2 * Clock.Hour) / parts);
            var size = DocumentedBytes / 14 + dice.Below(1_000_000);
            _hits.Add((time, thief, $"POST {Script} HTTP/1.1", 200, 120));
            _hits.Add((time + 300_000, thief, $"GET /pay/uploads/log{part}.tar.gz HTTP/1.1", 200, size));
            flows.Add(time + 300_000, Server, AddressText(thief), 443, size);
        }
        flows.Write();
        for (var day = 0; day < EndDay; day++)
        {
            var number = day;
            Plan.Extras.Add(new ExtraLog($"logs/web/was1-{World.Clock.FileDate(day)}.log.gz", output =>
                WriteWeb(number, output)));
            Plan.Extras.Add(new ExtraLog($"logs/app/pay1-{World.Clock.FileDate(day)}.log.gz", output =>
                WriteApp(number, output)));
        }
        // everybody whose number stands in the logs that left
        for (var day = 0; day < EndDay; day++)
            foreach (var payment in PaymentsOf(day).Where(payment => payment.ShowsNumber))
                Plan.Truth.Add(World.Ids.IdOf(payment.Account), "payment-log", Math.Max(payment.At, at), logged: false);
        Indicate("client", AddressText(thief));
        Indicate("path", Script);
    }

    private IEnumerable<(long At, long Account, bool ShowsNumber)> PaymentsOf(int day)
    {
        var dice = new Dice(World.Seed, Draw.Noise, 79, day);
        for (var i = Math.Max(300, World.Options.GatewayLinesPerDay / 20); i > 0; i--)
            yield return (day * Clock.Day + dice.Below(Clock.Day), dice.Below(World.Options.Accounts),
                dice.Below(DocumentedPeople) < DocumentedNumbers);
    }

    private long WriteWeb(int day, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false));
        var dice = new Dice(World.Seed, Draw.Noise, 80, day);
        var lines = PaymentsOf(day).Select(payment => (payment.At,
            Client: World.Networks.Of(payment.Account, payment.Account, DeviceClass.AppAndroid, payment.At,
                workday: true),
            Request: "POST /pay/authorize HTTP/1.1", Status: 200, Bytes: 310L)).ToList();
        lines.AddRange(_hits.Where(hit => Clock.DayOf(hit.At) == day));
        foreach (var line in lines.OrderBy(line => line.At))
        {
            var moment = World.Clock.Start.ToDateTime(TimeOnly.MinValue).AddMilliseconds(line.At);
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{AddressText(line.Client)} - - [{moment:dd/MMM/yyyy:HH:mm:ss} +0900] "));
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"\"{line.Request}\" {line.Status} {line.Bytes} \"-\" "));
            text.Write(
                $"\"{Encoding.ASCII.GetString(Agents.Texts[Agents.Of(DeviceClass.AppAndroid, dice.Below(6), 1)])}\"\n");
        }
        return lines.Count;
    }

    private long WriteApp(int day, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false));
        var payments = PaymentsOf(day).OrderBy(payment => payment.At).ToList();
        foreach (var payment in payments)
        {
            var id = World.Ids.IdOf(payment.Account);
            var number = payment.ShowsNumber ? "&rrn=" + ResidentNumber(payment.Account) : "";
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{{\"ts\":\"{World.Clock.Text(payment.At)}\",\"ip\":\"10.40.0.15\",\"method\":\"POST\",")
                + string.Create(CultureInfo.InvariantCulture,
                $"\"uri\":\"/pay/approve?member={id}{number}\",\"status\":200}}\n"));
        }
        return payments.Count;
    }

    /// <summary>A resident number whose checksum is right, of a birthday that is yet to come: nobody has it.</summary>
    internal static string ResidentNumber(long account)
    {
        ReadOnlySpan<int> weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        Span<char> digits = stackalloc char[14];
        var serial = account % 100_000;
        string.Create(CultureInfo.InvariantCulture, $"99{1 + account % 12:00}{1 + account % 28:00}").CopyTo(digits);
        digits[6] = '-';
        string.Create(CultureInfo.InvariantCulture, $"{3 + account % 2}{serial:00000}").CopyTo(digits[7..]);
        var (sum, place) = (0, 0);
        foreach (var digit in digits[..13])
            if (digit != '-')
                sum += (digit - '0') * weights[place++];
        digits[13] = (char)('0' + (11 - sum % 11) % 10);
        return digits.ToString();
    }
}
