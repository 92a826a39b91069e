using System.Globalization;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Incidents.Tests.Delivery;

/// <summary>People to be told, and a server that does what a test wants.</summary>
internal static class Post
{
    /// <summary>Every seventh has no mail, every third is in an address book alone.</summary>
    public static IEnumerable<ScopePerson> People(int count) => Enumerable.Range(0, count).Select(i => new ScopePerson(
        string.Create(CultureInfo.InvariantCulture, $"p{i:D6}"), i % 3 != 0,
        i % 7 == 6 ? null : string.Create(CultureInfo.InvariantCulture, $"person{i}@example.com"),
        i % 14 == 6 ? "010-0000-0000" : null, null));

    public static Outbox New(TemporaryFolder folder, int people)
    {
        Outbox.Create(folder.At("outbox"), "C1", new string('a', 64), People(people));
        return Outbox.Open(folder.At("outbox"));
    }

    public static Outbox Reopen(TemporaryFolder folder) => Outbox.Open(folder.At("outbox"));

    public static Dispatcher Dispatcher(
        Outbox outbox, Func<Recipient, string, SendResult> answer, DispatchOptions? options = null,
        DeliveryChannel channel = DeliveryChannel.Mail) =>
        new(outbox, channel, () => new Server(answer), options ?? new DispatchOptions(), TimeProvider.System);

    private sealed class Server(Func<Recipient, string, SendResult> answer) : IMessageSender
    {
        public Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation) =>
            Task.Run(() => answer(recipient, key), CancellationToken.None);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>The process died here.</summary>
internal sealed class Died : Exception;
