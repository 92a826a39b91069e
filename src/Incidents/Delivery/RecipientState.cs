namespace WhoSaw.Incidents.Delivery;

/// <summary>How far the telling of one person has come. A number of the outbox's format: never renumber.</summary>
public enum RecipientState : byte
{
    /// <summary>Not tried on this channel.</summary>
    Pending = 0,

    /// <summary>The intent is written; a process that dies now leaves it in doubt.</summary>
    Claimed = 1,

    /// <summary>The server took responsibility for the message.</summary>
    Accepted = 2,

    /// <summary>The server refused it for good.</summary>
    Refused = 3,

    /// <summary>The server asked to try later.</summary>
    Deferred = 4,

    /// <summary>Accepted, and came back.</summary>
    Bounced = 5,

    /// <summary>No address of this channel is known.</summary>
    NoAddress = 6,

    /// <summary>Nobody knows whether the server took it.</summary>
    Doubt = 7,
}

/// <summary>How a person is told.</summary>
public enum DeliveryChannel : byte
{
    Mail = 0,
    Text = 1,
}

/// <summary>A person to be told, with contacts that lie in the outbox and nowhere else.</summary>
/// <param name="Index">The place in the outbox, from 0 on.</param>
public sealed record Recipient(
    int Index, string Person, bool IsHolder, string? Email, string? Phone, string? Language)
{
    /// <summary>The address on a channel; null when there is none.</summary>
    public string? AddressOn(DeliveryChannel channel) => channel == DeliveryChannel.Mail ? Email : Phone;
}
