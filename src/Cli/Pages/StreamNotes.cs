using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>What streams tell of themselves: missing numbers, clocks that are apart, lines that did not read.</summary>
internal static class StreamNotes
{
    /// <summary>A sentence each.</summary>
    public static IEnumerable<string> Of(LedgerContents ledger, Language language)
    {
        var korean = language == Language.Korean;
        foreach (var missing in ledger.NumbersMissing)
            yield return $"{missing.Stream}: {Words.Number(missing.Missing)} " + (korean
                ? "개의 일련번호가 없음: 그만큼의 줄이 빠졌음"
                : "numbers of its own count are missing, and with them so many lines");
        foreach (var skew in ledger.ClockSkews)
            yield return $"{skew.OtherStream}: "
                + string.Create(CultureInfo.InvariantCulture, $"{skew.Milliseconds / 1000.0:0.#} s ")
                + (korean ? $"{skew.Stream}보다 시계가 빠름" : $"ahead of the clock of {skew.Stream}")
                + string.Create(CultureInfo.InvariantCulture, $" ({skew.Requests:#,0})");
        if (WorstMinute(ledger) is var (minute, count))
            yield return string.Create(CultureInfo.InvariantCulture, $"{minute} {count:#,0} ")
                + (korean ? "줄을 읽지 못함: 가장 많은 1분" : "lines that did not read: the worst minute");
    }

    /// <summary>In which minute most lines did not read; null when none did not, or none has a time near.</summary>
    private static (Records.EventTime Minute, long Count)? WorstMinute(LedgerContents ledger)
    {
        var minutes = new Dictionary<long, long>();
        foreach (var rejected in Rejects.Read(ledger.Directory))
            if (rejected.Near is { } near)
                minutes[near.MinuteNumber] = minutes.GetValueOrDefault(near.MinuteNumber) + 1;
        if (minutes.Count == 0)
            return null;
        var worst = minutes.OrderByDescending(minute => minute.Value).ThenBy(minute => minute.Key).First();
        return (Records.EventTime.FromMinute(worst.Key), worst.Value);
    }
}
