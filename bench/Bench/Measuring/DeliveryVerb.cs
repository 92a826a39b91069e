using System.Diagnostics;
using System.Globalization;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Incidents.Notices;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// <c>bench delivery</c>: what the outbox itself costs, with a server that answers at once, and, where --smtp names one, a
/// real server's pace.
/// </summary>
internal static class DeliveryVerb
{
    public static int Run(Arguments arguments)
    {
        var people = (int)arguments.Number("people", 1_000_000);
        var folder = Path.Combine(Path.GetTempPath(), "whosaw-bench-delivery");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        try
        {
            var watch = Stopwatch.StartNew();
            Outbox.Create(folder, "C1", new string('a', 64), People(people));
            Tell("outbox made", people, watch.Elapsed);
            using var outbox = Outbox.Open(folder);
            var batch = (int)arguments.Number("batch", 64);
            watch.Restart();
            Dispatch(outbox, arguments.Text("smtp", ""), batch, (int)arguments.Number("connections", 4));
            Tell($"sent, an intent flushed every {batch}", people, watch.Elapsed);
            watch.Restart();
            var report = DeliveryReport.Of(outbox);
            Tell("report", people, watch.Elapsed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"told {report.ToldByMail:#,0} of {report.Recipients:#,0}; adds up: {report.AddsUp}; peak memory ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:#,0} MB"));
            return report.AddsUp ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Dispatch(Outbox outbox, string smtp, int batch, int connections)
    {
        Func<IMessageSender> connect = () => new Immediate();
        if (smtp.Split(':') is [var host, var port])
        {
            var server = new MailServer(
                host, int.Parse(port, CultureInfo.InvariantCulture), MailSecurity.None, "privacy@example.com");
            connect = () => new MailSender(server, Notice(), DateTimeOffset.UnixEpoch);
        }
        new Dispatcher(outbox, DeliveryChannel.Mail, connect,
            new DispatchOptions { BatchSize = batch, Connections = connections }, TimeProvider.System)
            .RunAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private static NoticeDraft Notice() => NoticeDraft.Parse(
        "@notice case=C1 template=people language=ko scope=1 version=1\n# 개인정보 유출 통지\n"
        + string.Concat(Enumerable.Repeat("고객님의 개인정보가 유출되어 알려드립니다.\n", 40)));

    private static IEnumerable<ScopePerson> People(int count) => Enumerable.Range(0, count).Select(i => new ScopePerson(
        string.Create(CultureInfo.InvariantCulture, $"p{i}"), true,
        string.Create(CultureInfo.InvariantCulture, $"person{i}@example.com"), null, "ko"));

    private static void Tell(string what, int people, TimeSpan time) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-34} {time.TotalSeconds,8:#,0.0} s {people / time.TotalSeconds,12:#,0} people/s"));

    private sealed class Immediate : IMessageSender
    {
        public Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation) =>
            Task.FromResult(new SendResult(RecipientState.Accepted, 250));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
