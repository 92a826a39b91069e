using WhoSaw.Incidents.Delivery;
using WhoSaw.Incidents.Tests.Notices;

namespace WhoSaw.Incidents.Tests.Delivery;

/// <summary>Against a real SMTP server.</summary>
public sealed class MailSenderTests
{
    private static readonly DateTimeOffset Approved = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_server_that_refuses_delays_and_drops_gets_every_message_exactly_once()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(
            folder.At("server.log"), seed: 7, refuse: 0.03, defer: 0.05, drop: 0.05, delayMilliseconds: 1);
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        using var outbox = Post.New(folder, 400);
        for (var run = 0; run < 40 && StillOpen(outbox); run++)
        {
            outbox.Resolve(DeliveryChannel.Mail, File.Exists(server.Log) ? File.ReadLines(server.Log) : [], Approved);
            await Send(outbox, server);
        }
        var mailed = outbox.Recipients().Where(each => each.Email is not null).Select(each => each.Email!).ToList();
        Assert.Equal(mailed.Order(), server.Taken().Keys.Order());
        Assert.All(server.Taken().Values, count => Assert.Equal(1, count));
        Assert.Equal(mailed.Count, DeliveryReport.Of(outbox).ToldByMail);
        Assert.True(DeliveryReport.Of(outbox).AddsUp);
    }

    [Fact]
    public async Task A_refusal_for_good_is_recorded_with_its_code_and_not_tried_again()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("server.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        Outbox.Create(folder.At("outbox"), "C1", new string('a', 64),
        [
            new("p1", true, "refused@example.com", null, null), new("p2", true, "taken@example.com", null, null),
            new("p3", true, "no address at all", null, null),
        ]);
        using var outbox = Post.Reopen(folder);
        await Send(outbox, server);
        Assert.Equal([RecipientState.Refused, RecipientState.Accepted, RecipientState.Refused],
            Enumerable.Range(0, 3).Select(i => outbox.StateOf(i, DeliveryChannel.Mail)));
        var report = DeliveryReport.Of(outbox);
        Assert.Equal((1, 2, 0), (report.ToldByMail, report.ForPosting, report.Open));
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_everybody_to_be_tried_again()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 5);
        var nowhere = new MailServer("127.0.0.1", 1, MailSecurity.None, "privacy@example.com");
        var draft = Shop.Draft(Shop.Confirmed().Case);
        await new Dispatcher(outbox, DeliveryChannel.Mail, () => new MailSender(nowhere, draft, Approved),
            new DispatchOptions(), TimeProvider.System).RunAsync(CancellationToken.None);
        Assert.Equal((0, 5, 0), (DeliveryReport.Of(outbox).ToldByMail, DeliveryReport.Of(outbox).Open,
            DeliveryReport.Of(outbox).Doubt));
    }

    [Fact]
    public async Task A_sender_whom_the_server_refuses_is_no_refusal_of_the_recipient()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("server.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        using var outbox = Post.New(folder, 5);
        await Send(outbox, server, "blocked@example.com");
        Assert.All(Enumerable.Range(0, 5), i =>
            Assert.Equal(RecipientState.Deferred, outbox.StateOf(i, DeliveryChannel.Mail)));
        await Send(outbox, server);
        Assert.Equal(5, DeliveryReport.Of(outbox).ToldByMail);
    }

    private static bool StillOpen(Outbox outbox) => outbox.Recipients().Any(each => each.Email is not null
        && outbox.StateOf(each.Index, DeliveryChannel.Mail) is not (RecipientState.Accepted or RecipientState.Refused));

    private static Task<int> Send(Outbox outbox, MailServerProcess server, string from = "privacy@example.com")
    {
        var address = new MailServer("127.0.0.1", server.Port, MailSecurity.None, from);
        var draft = Shop.Draft(Shop.Confirmed().Case);
        return new Dispatcher(outbox, DeliveryChannel.Mail, () => new MailSender(address, draft, Approved),
            new DispatchOptions { Connections = 3 }, TimeProvider.System).RunAsync(CancellationToken.None);
    }
}
