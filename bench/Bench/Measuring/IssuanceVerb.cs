using System.Diagnostics;
using System.Globalization;
using WhoSaw.Detection.Issuance;
using WhoSaw.Records;

namespace WhoSaw.Bench.Measuring;

/// <summary>How many bytes an issued credential takes, and how fast one is written and looked up.</summary>
public static class IssuanceVerb
{
    public static int Run(Arguments arguments)
    {
        var credentials = arguments.Number("credentials", 100_000_000);
        var book = new CredentialBook();
        var start = EventTime.From(new DateTimeOffset(2025, 4, 14, 0, 0, 0, TimeSpan.Zero));
        var watch = ProcessorTime();
        for (long i = 1; i <= credentials; i++)
        {
            var time = start.Plus(i * 100);
            book.Set(Credential(i), IssuedPass.Of(new SubjectId(i % 33_700_000), time, time.Plus(EventTime.Day)).Bits);
        }
        var writing = (ProcessorTime() - watch);
        watch = ProcessorTime();
        long found = 0;
        const int asked = 5_000_000;
        for (long i = 1; i <= asked; i++)
            found += book.TryGet(Credential(i * 7919 % credentials + 1), out _) ? 1 : 0;
        var hits = (ProcessorTime() - watch);
        watch = ProcessorTime();
        long wrong = 0;
        for (long i = 1; i <= asked; i++)
            wrong += book.TryGet(Credential(credentials + i), out _) ? 1 : 0;
        var misses = (ProcessorTime() - watch);
        // Two of which 56 bits agree are one: among a hundred million there is such a pair once in fourteen times.
        var merged = credentials - book.Count;
        if (found != asked || merged > 5)
            throw new MeasurementException($"{found} of {asked} were found, {book.Count} are held");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | what | figure |
            |---|--:|
            | credentials | {credentials:#,0} |
            | held as one with another | {merged} |
            | bytes held | {book.Bytes:#,0} |
            | bytes a credential | {book.Bytes / (double)book.Count:0.00} |
            | peak of the process | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:#,0} MB |
            | written a second and core | {credentials / writing:#,0} |
            | found a second and core | {asked / hits:#,0} |
            | not found a second and core | {asked / misses:#,0} |
            | taken for issued though they were not | {wrong} of {asked:#,0} |
            """));
        return 0;
    }

    // A fingerprint is as good as random.
    private static ulong Credential(long number) => (ulong)number * 0x9E3779B97F4A7C15UL ^ 0x5DEECE66DUL;

    // A core's time, not the clock's: others may be working on this machine.
    private static double ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
