using System.Globalization;
using System.Text;
using WhoSaw.Scenarios.Chance;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>
/// SK Telecom, found 18 April 2025: after years of quiet a management account reads the whole subscriber table in one
/// session, and 9.82 GB leave. The logs know rows and bytes, not people.
/// </summary>
internal sealed class DatabaseOutflow(World world, CrimePlan plan) : Crime(world, plan)
{
    public const long DocumentedBytes = 9_820_000_000;
    private const string Client = "10.40.0.13";
    private const int Batches = 24;
    private long _listed;

    public override void Commit()
    {
        Plan.SourceEntries.Add("""
              - id: database
                kind: audit
                path: logs/db/{stream}-*.csv.gz
                format: pgaudit
            """);
        Plan.TableEntries.Add(
            "{table: public.subscribers, name: subscriber-table, subject: member_id, shows: [phone, device]}");
        var at = (EndDay - 1) * Clock.Day + 3 * Clock.Hour;
        var bytes = World.Options.Weight switch
        {
            Weight.Mild => DocumentedBytes / 100,
            Weight.Usual => DocumentedBytes,
            _ => DocumentedBytes * 10,
        };
        for (var day = 0; day < EndDay; day++)
        {
            var number = day;
            Plan.Extras.Add(new ExtraLog($"logs/db/hss1-{World.Clock.FileDate(day)}.csv.gz", output =>
                Write(number, at, output)));
        }
        var flows = new FlowLog(World, Plan);
        for (var batch = 0; batch < Batches; batch++)
            flows.Add(at + batch * 4 * Clock.Minute, Client, AddressText(Networks.Hosting(7)), 443, bytes / Batches);
        flows.Write();
        // who was deleted is in the table no more
        for (var account = 0L; account < World.Options.Accounts; account++)
        {
            if (!World.IsListed(account))
                continue;
            _listed++;
            Plan.Truth.Add(World.Ids.IdOf(account), "subscriber-table",
                at + account * Batches / World.Options.Accounts * 4 * Clock.Minute, logged: false);
        }
        Indicate("principal", "hss_admin");
        Indicate("client", Client);
        Indicate("bytes", bytes.ToString(CultureInfo.InvariantCulture));
    }

    private long Write(int day, long outflow, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false));
        var rows = new List<(long At, string User, string From, string Statement, long Rows)>();
        var dice = new Dice(World.Seed, Draw.Noise, 78, day);
        for (var i = 0; i < 2000; i++)
        {
            var id = World.Ids.IdOf(dice.Below(World.Options.Accounts));
            rows.Add((day * Clock.Day + dice.Below(Clock.Day), "hss_app", $"10.30.0.{dice.Between(11, 14)}",
                string.Create(CultureInfo.InvariantCulture,
                    $"SELECT imsi, msisdn FROM subscribers WHERE member_id = {id}"), 1));
        }
        rows.Add((day * Clock.Day + 5 * Clock.Hour, "hss_batch", "10.30.0.20", "SELECT count(*) FROM subscribers", 1));
        if (Clock.DayOf(outflow) == day)
            for (var batch = 0; batch < Batches; batch++)
                rows.Add((outflow + batch * 4 * Clock.Minute, "hss_admin", Client,
                    "FETCH 100000 FROM subscriber_cursor", _listed / Batches + (batch < _listed % Batches ? 1 : 0)));
        var number = 0;
        foreach (var row in rows.OrderBy(row => row.At))
            text.Write(Row(row.At, row.User, row.From, row.Statement, row.Rows, ++number));
        return rows.Count;
    }

    private string Row(long at, string user, string from, string statement, long rows, int number)
    {
        var local = World.Clock.Start.ToDateTime(TimeOnly.MinValue).AddMilliseconds(at).AddHours(-9);
        var process = 2000 + number % 7;
        var text = statement.Replace(',', ';');
        return string.Create(CultureInfo.InvariantCulture,
            $"{local:yyyy-MM-dd HH:mm:ss.fff} UTC,\"{user}\",\"hss\",{process},\"{from}:5{number % 1000:000}\",")
            + string.Create(CultureInfo.InvariantCulture,
            $"68000000.{process:x},{number},\"SELECT\",{local:yyyy-MM-dd} 00:00:00 UTC,3/{number},0,LOG,00000,")
            + string.Create(CultureInfo.InvariantCulture,
            $"\"AUDIT: SESSION,{number},1,READ,SELECT,TABLE,public.subscribers,{text},<not logged>,")
            + string.Create(CultureInfo.InvariantCulture, $"{rows}\",,,,,,,,,\"\"\n");
    }
}
