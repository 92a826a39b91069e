using WhoSaw.Bench;
using WhoSaw.Bench.Sample;
using WhoSaw.Bench.Synthetic;

const string usage = """
    bench make --out FILE [--lines 2000000] [--seed 1] [--routes 100] [--gzip] [--members]
    bench make-sample --out FOLDER [--seed 7]
    """;

try
{
    return args switch
    {
        ["make", .. var rest] => MakeVerb.Run(
            new Arguments(rest, ["out", "lines", "seed", "routes"], ["gzip", "members"])),
        ["make-sample", .. var rest] => MakeSampleVerb.Run(new Arguments(rest, ["out", "seed"], [])),
        _ => throw new UsageException("no such verb"),
    };
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{usage}");
    return 2;
}
