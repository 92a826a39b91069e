namespace WhoSaw.Incidents.Delivery;

/// <summary>
/// Where everybody stands. Each person is in exactly one of <see cref="ToldByMail"/>, <see cref="ToldByText"/>,
/// <see cref="ForPosting"/> and <see cref="Open"/>, so that these add up to the scope.
/// </summary>
public sealed record DeliveryReport
{
    public required int Recipients { get; init; }
    public required int Holders { get; init; }
    public required int AddressBook { get; init; }
    public required int ToldByMail { get; init; }
    public required int ToldByText { get; init; }

    /// <summary>No channel reached them: told by the posting.</summary>
    public required int ForPosting { get; init; }

    /// <summary>Not tried yet, to be tried again, or in doubt.</summary>
    public required int Open { get; init; }

    /// <summary>Of <see cref="Open"/>, those of whom nobody knows whether the server took it.</summary>
    public required int Doubt { get; init; }

    /// <summary>Of <see cref="Open"/>, those for whom only a text message is left.</summary>
    public int ByTextAlone { get; init; }

    /// <summary>On either channel; these people may have been told on the other.</summary>
    public required int Refused { get; init; }
    public required int Bounced { get; init; }

    /// <summary>False means a fault of the program: nobody may vanish.</summary>
    public bool AddsUp => ToldByMail + ToldByText + ForPosting + Open == Recipients
        && Holders + AddressBook == Recipients;

    public static DeliveryReport Of(Outbox outbox)
    {
        var (count, holders, mail, text, posting, open, doubt, refused, bounced) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
        var byTextAlone = 0;
        foreach (var each in outbox.Recipients())
        {
            var byMail = Standing(outbox, each, DeliveryChannel.Mail);
            var byText = Standing(outbox, each, DeliveryChannel.Text);
            count++;
            holders += each.IsHolder ? 1 : 0;
            refused += byMail == RecipientState.Refused || byText == RecipientState.Refused ? 1 : 0;
            bounced += byMail == RecipientState.Bounced || byText == RecipientState.Bounced ? 1 : 0;
            if (byMail == RecipientState.Accepted)
                mail++;
            else if (byText == RecipientState.Accepted)
                text++;
            else if (IsFinal(byMail) && IsFinal(byText))
                posting++;
            else
            {
                open++;
                doubt += byMail == RecipientState.Doubt || byText == RecipientState.Doubt ? 1 : 0;
                byTextAlone += IsFinal(byMail) ? 1 : 0;
            }
        }
        return new DeliveryReport
        {
            Recipients = count,
            Holders = holders,
            AddressBook = count - holders,
            ToldByMail = mail,
            ToldByText = text,
            ForPosting = posting,
            Open = open,
            Doubt = doubt,
            ByTextAlone = byTextAlone,
            Refused = refused,
            Bounced = bounced,
        };
    }

    internal static RecipientState Standing(Outbox outbox, Recipient recipient, DeliveryChannel channel) =>
        recipient.AddressOn(channel) is null ? RecipientState.NoAddress : outbox.StateOf(recipient.Index, channel);

    internal static bool IsFinal(RecipientState state) =>
        state is RecipientState.Refused or RecipientState.Bounced or RecipientState.NoAddress;
}
