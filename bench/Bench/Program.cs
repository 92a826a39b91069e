using WhoSaw.Bench;
using WhoSaw.Bench.Measuring;
using WhoSaw.Bench.Scopes;
using WhoSaw.Bench.Synthetic;
using WhoSaw.Bench.Watching;

const string usage = """
    bench make --out FILE [--lines 2000000] [--seed 1] [--routes 100] [--gzip] [--members]
    bench run [--smoke] [--lines 2000000] [--repeats 3] [--whosaw COMMAND] [--write]
    bench curve [--millions 2,10,50] [--folder DIR] [--whosaw COMMAND]
    bench sizes LEDGER
    bench journal [--entries 100000] [--batch 1000] [--repeats 5] [--megabytes 128 | --ledger LEDGER] [--scan LINES]
    bench breadth [--events 20000000] [--actors 100000,1000000,10000000,50000000] [--picture F.svg]
    bench issuance [--credentials 100000000]
    bench delivery [--people 1000000] [--batch 64] [--connections 4] [--smtp HOST:PORT]
    bench watch [--seconds 60] [--rate 50000] [--rotate 10] [--copies] [--kills 20] [--save-every 5]
    bench scope [--millions 20] [--repeats 1] [--folder DIR] [--memory MB] [--keep] [--whosaw COMMAND]
    bench parse FILE [--threads N]        (a contender of run)
    bench duckdb FILE                     (a contender of run)
    bench duckdb-scope LEDGER [--memory MB]   (a contender of scope)
    """;

try
{
    return args switch
    {
        ["make", .. var rest] => MakeVerb.Run(
            new Arguments(rest, ["out", "lines", "seed", "routes"], ["gzip", "members"])),
        ["run", .. var rest] => RunVerb.Run(
            new Arguments(rest, ["lines", "repeats", "whosaw"], ["smoke", "write"])),
        ["curve", .. var rest] => CurveVerb.Run(new Arguments(rest, ["millions", "folder", "whosaw"], [])),
        ["sizes", .. var rest] => SizesVerb.Run(new Arguments(rest, [], [])),
        ["breadth", .. var rest] => BreadthVerb.Run(new Arguments(rest, ["actors", "events", "picture"], [])),
        ["issuance", .. var rest] => IssuanceVerb.Run(new Arguments(rest, ["credentials"], [])),
        ["journal", .. var rest] => JournalVerb.Run(
            new Arguments(rest, ["entries", "batch", "ledger", "repeats", "megabytes", "scan", "whosaw"], [])),
        ["delivery", .. var rest] => DeliveryVerb.Run(
            new Arguments(rest, ["people", "batch", "connections", "smtp"], [])),
        ["watch", .. var rest] => WatchVerb.Run(
            new Arguments(rest, ["seconds", "rate", "rotate", "kills", "save-every", "whosaw"], ["copies"])),
        ["scope", .. var rest] => ScopeVerb.Run(
            new Arguments(rest, ["millions", "repeats", "folder", "memory", "whosaw"], ["keep"])),
        ["duckdb-scope", .. var rest] => DuckDbScopeVerb.Run(new Arguments(rest, ["memory"], [])),
        ["parse", .. var rest] => ParseVerb.Run(new Arguments(rest, ["threads"], [])),
        ["duckdb", .. var rest] => DuckDbVerb.Run(new Arguments(rest, [], [])),
        _ => throw new UsageException("no such verb"),
    };
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{usage}");
    return 2;
}
catch (MeasurementException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 1;
}
