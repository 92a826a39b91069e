using System.Collections.Concurrent;
using CsCheck;
using WhoSaw.Incidents.Delivery;

namespace WhoSaw.Incidents.Tests.Delivery;

public sealed class OutboxTests
{
    private static readonly SendResult Taken = new(RecipientState.Accepted, 250);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Everybody_is_told_once_and_the_counts_add_up_to_the_scope()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 1000);
        var sent = new ConcurrentBag<string>();
        await Post.Dispatcher(outbox, (recipient, key) =>
        {
            sent.Add(key);
            return recipient.Index % 10 == 3 ? new SendResult(RecipientState.Refused, 550) : Taken;
        }).RunAsync(CancellationToken.None);
        var texts = 0;
        await Post.Dispatcher(outbox, (_, _) =>
        {
            Interlocked.Increment(ref texts);
            return Taken;
        }, channel: DeliveryChannel.Text).RunAsync(CancellationToken.None);
        var report = DeliveryReport.Of(outbox);
        Assert.True(report.AddsUp);
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Equal((1000, 0, 0), (report.Recipients, report.Open, report.Doubt));
        Assert.Equal(texts, report.ToldByText);
        Assert.Equal(1000, report.ToldByMail + report.ToldByText + report.ForPosting);
        Assert.Equal(Post.People(1000).Count(person => !person.IsHolder), report.AddressBook);
    }

    [Fact]
    public async Task A_second_run_tries_only_what_is_open()
    {
        using var folder = new TemporaryFolder();
        using (var outbox = Post.New(folder, 100))
            await Post.Dispatcher(outbox, (_, _) => Taken, new DispatchOptions { Limit = 30 })
                .RunAsync(CancellationToken.None);
        using var again = Post.Reopen(folder);
        var tried = new ConcurrentBag<int>();
        await Post.Dispatcher(again, (recipient, _) =>
        {
            tried.Add(recipient.Index);
            return Taken;
        }).RunAsync(CancellationToken.None);
        Assert.Equal(100 - 14 - 30, tried.Count);
        Assert.DoesNotContain(0, tried);
        Assert.Equal(0, await Post.Dispatcher(again, (_, _) => throw new Died()).RunAsync(CancellationToken.None));
    }

    [Fact]
    public void Whoever_dies_at_any_message_and_goes_on_by_the_servers_log_has_told_everybody_exactly_once() =>
        Gen.Select(
        Gen.Int[1, 120], Gen.Int[1, 20], Gen.Bool, Gen.Int[1, 4]).Sample(
        (people, batch, before, deaths) =>
        {
            using var folder = new TemporaryFolder();
            var log = new ConcurrentQueue<string>();
            Post.New(folder, people).Dispose();
            for (var death = deaths; death >= 0; death--)
            {
                using var outbox = Post.Reopen(folder);
                outbox.Resolve(DeliveryChannel.Mail, log, Now);
                var left = death == 0 ? int.MaxValue : 1 + people / (deaths + 1);
                var run = Post.Dispatcher(outbox, (_, key) =>
                {
                    var dies = Interlocked.Decrement(ref left) < 0;
                    if (dies && before)
                        throw new Died();
                    log.Enqueue($"postfix/cleanup: message-id=<{key}@example.com>");
                    return dies ? throw new Died() : Taken;
                }, new DispatchOptions { BatchSize = batch, Connections = 3 }).RunAsync(CancellationToken.None);
                try
                {
                    run.GetAwaiter().GetResult();
                }
                catch (Died)
                {
                    Assert.NotEqual(0, death);
                }
            }
            using var last = Post.Reopen(folder);
            var report = DeliveryReport.Of(last);
            Assert.Equal(log.Count, log.Distinct().Count());
            Assert.Equal(Post.People(people).Count(person => person.Email is not null), log.Count);
            Assert.Equal((report.ToldByMail, 0), (log.Count, report.Doubt));
        }, iter: 60, threads: 1);

    [Fact]
    public async Task Without_a_log_what_is_in_doubt_is_neither_sent_again_nor_called_sent()
    {
        using var folder = new TemporaryFolder();
        var sent = new ConcurrentBag<string>();
        using (var outbox = Post.New(folder, 50))
            await Assert.ThrowsAsync<Died>(() => Post.Dispatcher(outbox, (recipient, key) =>
            {
                sent.Add(key);
                return recipient.Index == 5 ? throw new Died() : Taken;
            }, new DispatchOptions { BatchSize = 10, Connections = 1 }).RunAsync(CancellationToken.None));
        using var again = Post.Reopen(folder);
        await Post.Dispatcher(again, (_, key) =>
        {
            sent.Add(key);
            return Taken;
        }).RunAsync(CancellationToken.None);
        var report = DeliveryReport.Of(again);
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Equal(5, report.Doubt);
        await Post.Dispatcher(again, (_, key) =>
        {
            sent.Add(key);
            return Taken;
        }, new DispatchOptions { RepeatDoubtful = true }).RunAsync(CancellationToken.None);
        Assert.Equal(0, DeliveryReport.Of(again).Doubt);
        Assert.Equal(1, sent.Count - sent.Distinct().Count());
    }

    [Fact]
    public async Task What_came_back_goes_to_the_second_channel_and_then_to_the_posting()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 14);
        var keys = new ConcurrentBag<(int Index, string Key)>();
        await Post.Dispatcher(outbox, (recipient, key) =>
        {
            keys.Add((recipient.Index, key));
            return Taken;
        }).RunAsync(CancellationToken.None);
        var back = keys.Single(each => each.Index == 2).Key;
        Assert.Equal(1, outbox.Bounce(DeliveryChannel.Mail, [$"Original-Message-ID: <{back}@example.com>"], Now));
        Assert.Equal(0, outbox.Bounce(DeliveryChannel.Mail, [$"Original-Message-ID: <{back}@example.com>"], Now));
        var report = DeliveryReport.Of(outbox);
        Assert.Equal((11, 1, 1), (report.ToldByMail, report.Bounced, report.Open));
        Assert.Equal(2, report.ForPosting);
    }

    [Fact]
    public async Task A_pause_stops_between_batches()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 100);
        var tried = await Post.Dispatcher(outbox, (recipient, _) =>
        {
            if (recipient.Index == 12)
                File.WriteAllText(folder.At("outbox/pause"), "");
            return Taken;
        }, new DispatchOptions { BatchSize = 10 }).RunAsync(CancellationToken.None);
        Assert.Equal(20, tried);
        Assert.Equal(0, DeliveryReport.Of(outbox).Doubt);
    }

    [Fact]
    public void A_torn_last_record_is_cut_off_and_a_damaged_one_elsewhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var outbox = Post.New(folder, 10))
            for (var i = 0; i < 3; i++)
                outbox.Record(outbox.Recipients().ElementAt(i), DeliveryChannel.Mail,
                    RecipientState.Accepted, 250, Now);
        var path = folder.At("outbox/states.log");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^5]);
        using (var outbox = Post.Reopen(folder))
            Assert.Equal([RecipientState.Accepted, RecipientState.Accepted, RecipientState.Pending],
                Enumerable.Range(0, 3).Select(i => outbox.StateOf(i, DeliveryChannel.Mail)));
        whole[3] ^= 1;
        File.WriteAllBytes(path, whole);
        Assert.Throws<InvalidDataException>(() => Post.Reopen(folder));
    }

    [Theory]
    [InlineData("states.log")]
    [InlineData("recipients.tsv")]
    public void An_outbox_of_which_a_file_is_gone_is_none(string file)
    {
        using var folder = new TemporaryFolder();
        Post.New(folder, 10).Dispose();
        File.Delete(folder.At("outbox/" + file));
        Assert.Throws<InvalidDataException>(() => Post.Reopen(folder));
    }

    [Fact]
    public void States_are_not_taken_for_those_of_other_people()
    {
        using var folder = new TemporaryFolder();
        using (var outbox = Post.New(folder, 10))
            outbox.Record(outbox.Recipients().First(), DeliveryChannel.Mail, RecipientState.Accepted, 250, Now);
        var recipients = folder.At("outbox/recipients.tsv");
        File.WriteAllLines(recipients, File.ReadAllLines(recipients).Skip(1));
        Assert.Throws<InvalidDataException>(() => Post.Reopen(folder));
        File.Delete(folder.At("outbox/outbox.json"));
        Assert.Throws<InvalidDataException>(() => Post.New(folder, 9));
        File.Delete(folder.At("outbox/states.log"));
        Post.New(folder, 9).Dispose();
    }

    [Fact]
    public async Task A_server_that_takes_nothing_is_not_asked_for_everybody()
    {
        foreach (var code in new[] { 0, 421, 535, 401, 429 })
        {
            using var folder = new TemporaryFolder();
            using var outbox = Post.New(folder, 100);
            var dispatcher = Post.Dispatcher(outbox, (_, _) => new SendResult(RecipientState.Deferred, code),
                new DispatchOptions { BatchSize = 10 });
            Assert.Equal((10, code), (await dispatcher.RunAsync(CancellationToken.None), dispatcher.StoppedBy));
        }
        using var other = new TemporaryFolder();
        using var grey = Post.New(other, 98);
        var all = Post.Dispatcher(grey, (_, _) => new SendResult(RecipientState.Deferred, 451));
        Assert.Equal((84, null), (await all.RunAsync(CancellationToken.None), all.StoppedBy));
    }

    [Fact]
    public void Two_processes_do_not_send_from_one_outbox()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 3);
        Assert.Throws<IOException>(() => Post.Reopen(folder));
    }

    [Fact]
    public void A_key_is_the_same_for_ever_and_another_for_another_person_notice_and_channel()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 2);
        var people = outbox.Recipients().ToList();
        var key = outbox.KeyOf(people[0], DeliveryChannel.Mail);
        Assert.Equal(key, outbox.KeyOf(people[0], DeliveryChannel.Mail));
        Assert.NotEqual(key, outbox.KeyOf(people[1], DeliveryChannel.Mail));
        Assert.NotEqual(key, outbox.KeyOf(people[0], DeliveryChannel.Text));
        Assert.DoesNotContain("p000000", key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_is_kept()
    {
        using var folder = new TemporaryFolder();
        using var outbox = Post.New(folder, 70);
        var began = TimeProvider.System.GetTimestamp();
        await Post.Dispatcher(outbox, (_, _) => Taken, new DispatchOptions { RatePerSecond = 100, BatchSize = 10 })
            .RunAsync(CancellationToken.None);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(0.55));
    }
}
