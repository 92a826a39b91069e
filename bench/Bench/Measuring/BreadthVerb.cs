using System.Diagnostics;
using System.Globalization;
using WhoSaw.Detection.Breadth;

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// Counts of different people: events a second and bytes a value of one set, as rsigma publishes them (57,000 events a
/// second at 1,800 distinct values in a window, 92 bytes a value), and the memory of many actors of one or two people.
/// </summary>
public static class BreadthVerb
{
    public static int Run(Arguments arguments)
    {
        var events = arguments.Number("events", 20_000_000);
        Console.WriteLine("| distinct | of | events a second and core | bytes a value |\n|--:|--:|--:|--:|");
        foreach (var (distinct, population) in new[]
            { (1800, 1_000_000), (1800, 10_000_000), (1800, 33_700_000), (16_000, 10_000_000) })
            OneSet(events / 4, distinct, population);
        Console.WriteLine("\n| actors | bytes | bytes an actor | events a second and core |\n|--:|--:|--:|--:|");
        var points = arguments.Text("actors", "100000,1000000,10000000,50000000").Split(',')
            .Select(actors => Actors(long.Parse(actors, CultureInfo.InvariantCulture))).ToList();
        if (arguments.Text("picture", "") is { Length: > 0 } picture)
            BreadthPicture.Write(picture, points);
        return 0;
    }

    private static void OneSet(long events, int distinct, int population)
    {
        // A window of so many different people, each seen in about ten events.
        var dice = 0x9E3779B97F4A7C15UL;
        uint Next(uint below)
        {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            return (uint)((dice >> 32) * below >> 32);
        }
        var people = new uint[distinct];
        for (var i = 0; i < distinct; i++)
            people[i] = Next((uint)population);
        var set = new PeopleSet();
        long done = 0;
        var watch = ProcessorTime();
        while (done < events)
        {
            set = new PeopleSet();
            foreach (var person in people)
                set.Add(person);
            for (var again = 0; again < 9 * distinct; again++)
                set.Add(people[Next((uint)distinct)]);
            done += 10L * distinct;
        }
        var rate = done / (ProcessorTime() - watch);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {set.Count:#,0} | {population:#,0} | {rate:#,0} | {set.Bytes / (double)set.Count:0.00} |"));
    }

    private static (long Actors, long Bytes) Actors(long actors)
    {
        var fresh = new FreshActors();
        var watch = ProcessorTime();
        for (long actor = 1; actor <= actors; actor++)
            for (var person = 0; person <= actor % 2; person++)
                fresh.See((ulong)actor, (uint)(actor + person), out _, out _);
        var rate = actors * 1.5 / (ProcessorTime() - watch);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {fresh.Count:#,0} | {fresh.Bytes:#,0} | {fresh.Bytes / (double)fresh.Count:0.0} | {rate:#,0} |"));
        return (fresh.Count, fresh.Bytes);
    }

    // A core's time, not the clock's: others may be working on this machine.
    private static double ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
