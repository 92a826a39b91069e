namespace WhoSaw.Incidents.Cases;

/// <summary>
/// What kind of thing happened in a case (docs/formats/case.md; keep in sync). An open list: kinds of later versions
/// are kept as they are.
/// </summary>
public readonly record struct CaseEventKind(string Name)
{
    public static readonly CaseEventKind Opened = new("opened");
    public static readonly CaseEventKind SignalRaised = new("signal-raised");
    public static readonly CaseEventKind Triaged = new("triaged");
    public static readonly CaseEventKind IllegalAccessKnown = new("illegal-access-known");
    public static readonly CaseEventKind LeakSuspected = new("leak-suspected");
    public static readonly CaseEventKind LeakConfirmed = new("leak-confirmed");
    public static readonly CaseEventKind LeakRefuted = new("leak-refuted");
    public static readonly CaseEventKind FactConfirmed = new("fact-confirmed");
    public static readonly CaseEventKind FactsStated = new("facts-stated");
    public static readonly CaseEventKind ScopeIssued = new("scope-issued");
    public static readonly CaseEventKind Contained = new("contained");
    public static readonly CaseEventKind DeterminationMade = new("determination-made");
    public static readonly CaseEventKind ReportDecided = new("report-decided");
    public static readonly CaseEventKind DutyExempted = new("duty-exempted");
    public static readonly CaseEventKind NoticeDrafted = new("notice-drafted");
    public static readonly CaseEventKind NoticeApproved = new("notice-approved");
    public static readonly CaseEventKind NoticeSent = new("notice-sent");
    public static readonly CaseEventKind DeliveryReleased = new("delivery-released");
    public static readonly CaseEventKind DeliveryReported = new("delivery-reported");
    public static readonly CaseEventKind Posted = new("posted");
    public static readonly CaseEventKind PostingSeen = new("posting-seen");
    public static readonly CaseEventKind Unposted = new("unposted");
    public static readonly CaseEventKind Noted = new("noted");

    /// <summary>An event that was stated by mistake counts no more; the log goes on showing it.</summary>
    public static readonly CaseEventKind Withdrawn = new("withdrawn");
    public static readonly CaseEventKind Closed = new("closed");

    /// <summary>All that this version knows, in the order in which a case usually sees them.</summary>
    public static readonly IReadOnlyList<CaseEventKind> Known =
    [
        Opened, SignalRaised, Triaged, IllegalAccessKnown, LeakSuspected, LeakConfirmed, LeakRefuted, FactConfirmed,
        FactsStated, ScopeIssued, Contained, DeterminationMade, ReportDecided, DutyExempted, NoticeDrafted,
        NoticeApproved, DeliveryReleased, NoticeSent, DeliveryReported, Posted, PostingSeen, Unposted, Noted, Withdrawn,
        Closed,
    ];

    /// <summary>Kinds that say what somebody knew or decided, and so need something that shows it.</summary>
    internal static readonly IReadOnlyList<CaseEventKind> NeedEvidence =
    [
        SignalRaised, IllegalAccessKnown, LeakSuspected, LeakConfirmed, LeakRefuted, FactConfirmed, Contained,
        NoticeDrafted, NoticeApproved, DeliveryReleased,
    ];

    /// <summary>Kinds on which others rest: a text, a scope, a delivery cannot be unsaid.</summary>
    internal static readonly IReadOnlyList<CaseEventKind> NeverWithdrawn =
        [Opened, ScopeIssued, NoticeDrafted, NoticeApproved, DeliveryReleased, DeliveryReported, Withdrawn, Closed];

    internal static readonly IReadOnlyList<CaseEventKind> NeedDuties = [DeterminationMade, DutyExempted, NoticeSent];

    public override string ToString() => Name;
}
