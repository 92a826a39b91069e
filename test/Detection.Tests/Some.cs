using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

/// <summary>Synthetic material.</summary>
internal static class Some
{
    public static readonly EventTime Noon = Time("2025-04-14T12:00:00Z");

    public static EventTime Time(string text) =>
        EventTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    public static World World() => new();

    /// <summary>A world in which no evidence is beyond chance, so that the other detectors stand alone.</summary>
    public static World Lenient() => new()
    {
        Options = new DetectionOptions
        {
            Suspicion = new Detection.Suspicion.SuspicionOptions { FalseAlarmsPerYear = double.Epsilon },
        },
    };

    /// <summary>A session; the number gives it an address and an account of its own.</summary>
    public static Visit Visit(int number = 1) => new((ulong)number * 0x9E3779B97F4A7C15UL, number, Client(number));

    /// <summary>An address for a number, each in a network of its own.</summary>
    public static string Client(int number) => $"2001:db8:{number:x}::1";

    /// <summary>Different accounts for different numbers, in no order.</summary>
    public static long Scattered(long number) => 100_000 + number * 48_271 % 899_981;

    public static void Within(EventTime time, EventTime from, EventTime to) =>
        Assert.InRange(time.Microseconds, from.Microseconds, to.Microseconds);

    public static string Text(this Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Id} {finding.Detector} {finding.Severity} {finding.Raised} {finding.First} {finding.Last} ")
        + $"{finding.ActorKind}={finding.ActorValue} [{finding.Where}] {finding.Why} "
        + string.Join("; ", finding.Evidence) + string.Join("; ", finding.Samples);
}
