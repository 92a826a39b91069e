using System.Globalization;
using System.Net;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Incidents.Notices;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary>Sends an approved notice: a small batch first, the rest after somebody's go-ahead.</summary>
internal sealed class CaseSendVerb(Host host, SendRequest request)
{
    /// <summary>How many people may be told before somebody has looked at what they got.</summary>
    private const int FirstBatch = 100;
    private readonly CaseJournal _journal = new(request.Ledger, host);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException damaged)
        {
            return Fail(damaged.Message);
        }
    }

    private async Task<int> SendAsync(CancellationToken cancellation)
    {
        if (CaseNotices.Read(host, _journal, request.Notice!) is not { } notice)
            return ExitStatus.Usage;
        if (!string.Equals(notice.Case.Id, request.Case, StringComparison.OrdinalIgnoreCase))
            return Fail($"{request.Notice} is a notice of {notice.Case.Id}");
        var digest = notice.Draft.Digest();
        if (notice.Case.All(CaseEventKind.NoticeApproved).LastOrDefault(each => each.Sha256 == digest) is not
            { } approved)
            return Fail($"{request.Notice} is not approved as it is: whosaw case notice approve");
        if (notice.Draft.Template.Id == "posting")
            return Fail("a posting is put on the homepage, not sent; record it with: "
                + $"whosaw case event {notice.Case.Id} posted --evidence …");
        if (!notice.Draft.Template.ToPeople)
            return Fail($"the notice {notice.Draft.Template.Id} is filed with an authority, "
                + $"not sent to people; record it with: whosaw case event {notice.Case.Id} notice-sent --for …");
        // What may not be recorded may not be done: a letter that no event tells of looks like one that was never sent.
        if (!_journal.MayAdd(notice.Case, ReportedEvent(digest)) || !CaseNotices.AreDuties(host, request.Duties))
            return ExitStatus.Usage;
        var told = CaseDelivered.ToldBefore(notice.Case, digest);
        if (told > 0 && !Outbox.Exists(request.Outbox!))
            return Fail(string.Create(CultureInfo.InvariantCulture,
                $"by the journal {told:#,0} people were told from another outbox than {request.Outbox}: ")
                + "name that one. Where it is lost, nobody knows whom to leave out: another text has to be drafted "
                + "and approved");
        var isNew = !Outbox.Exists(request.Outbox!) || IsToBeMadeAnew();
        if (isNew && !TryCreate(notice.Case, digest))
            return ExitStatus.Usage;
        using var outbox = Outbox.Open(request.Outbox!);
        if (isNew)
            SayLanguages(outbox, notice.Draft.Language);
        if (outbox.Plan.Notice != digest || outbox.Plan.Case != notice.Case.Id)
            return Fail($"{request.Outbox} is the outbox of another notice");
        if (CaseDelivered.Told(CaseDelivered.FactsOf(DeliveryReport.Of(outbox))) is var known && known < told)
            return Fail(string.Create(CultureInfo.InvariantCulture,
                $"{request.Outbox} knows of {known:#,0} people who were told, the journal of {told:#,0}: it is ")
                + "an older copy, and others would be told twice");
        TakeReturns(outbox);
        if ((request.Smtp ?? request.Webhook) is not null || request.Release)
        {
            var plan = new RecipientPlan(
                outbox.Plan.Holders, outbox.Plan.AddressBook, outbox.Plan.Unreachable, request.WillPost);
            var faults = CaseNotices.Faults(_journal, notice, plan).Where(fault => fault.IsOfText).ToList();
            if (faults.Count > 0)
                return host.Fail(ExitStatus.Findings, faults.Select(fault => $"{fault.Code}: {fault.Sentence}"));
            if (Allowance(notice, digest, outbox) is not { } allowance
                || !await DispatchAsync(notice, approved, outbox, allowance, cancellation).ConfigureAwait(false))
                return ExitStatus.Usage;
        }
        return Report(notice, digest, outbox);
    }

    private int Fail(string sentence) => host.Fail(ExitStatus.Usage, sentence);

    /// <summary>Another file of contacts is taken as long as nobody was tried by the first.</summary>
    private bool IsToBeMadeAnew() => request.Contacts is not null && Outbox.IsUntouched(request.Outbox!);

    private CaseEvent ReportedEvent(string digest) => Event(CaseEventKind.DeliveryReported, digest);

    private bool TryCreate(Case incident, string digest)
    {
        var outbox = Path.GetFullPath(request.Outbox!) + Path.DirectorySeparatorChar;
        if (outbox.StartsWith(Path.GetFullPath(request.Ledger) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return Refuse("the outbox holds contacts: put it outside the ledger");
        if (request.Contacts is null)
            return Refuse("the outbox is new: name the file of contacts with --contacts");
        if (CaseDocuments.ReadScope(request.Ledger, incident) is not { } issued)
            return Refuse("the case has no scope: whosaw case scope");
        var ledger = LedgerContents.Read(request.Ledger);
        using var engine = ScopeEngine.Open(ledger);
        using var scope = engine.Compute(CaseScopes.Request(request.Ledger, ledger, [issued.ParsePredicate()]));
        if (scope.Accounts != incident.Scope!.Accounts || scope.People.Known != incident.Scope.PeopleKnown
            || !scope.Categories.Select(each => each.Name).SequenceEqual(incident.Scope.Categories))
            return Refuse(
                "the ledger gives another scope than the case's latest: compute it anew with whosaw case scope");
        if (scope.People.Known is null)
            return Refuse(
                "the ledger has no directory of people (people: in the configuration), so nobody can be told");
        try
        {
            var plan = Outbox.Create(request.Outbox!, incident.Id, digest, scope.ReadPeople(request.Contacts));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{plan.Recipients:#,0} people: {plan.Holders:#,0} holders, {plan.AddressBook:#,0} in address books "
                + $"alone; {plan.WithMail:#,0} with mail, {plan.WithPhone:#,0} with a phone, "
                + $"{plan.Unreachable:#,0} without either"));
            return true;
        }
        catch (FormatException fault)
        {
            return Refuse(fault.Message);
        }
    }

    /// <summary>How many may be tried now; null, after saying so, when a go-ahead is missing.</summary>
    private int? Allowance(CaseNotice notice, string digest, Outbox outbox)
    {
        var released = notice.Case.All(CaseEventKind.DeliveryReleased).Any(each => each.Sha256 == digest);
        var touched = outbox.Recipients().Count(each =>
            outbox.StateOf(each.Index, DeliveryChannel.Mail) != RecipientState.Pending
            || outbox.StateOf(each.Index, DeliveryChannel.Text) != RecipientState.Pending);
        if (!released && request.Release)
        {
            if (touched == 0)
            {
                Refuse("send a first batch, and look at what arrived, before you let the rest go");
                return null;
            }
            if (_journal.Add(notice.Case, Event(CaseEventKind.DeliveryReleased, digest)) is null)
                return null;
            released = true;
        }
        if (released)
            return request.Dispatch.Limit;
        if (touched < FirstBatch && request.Dispatch.Limit <= FirstBatch - touched)
            return request.Dispatch.Limit;
        Refuse(string.Create(CultureInfo.InvariantCulture, $"the first batch has at most {FirstBatch} people ")
            + string.Create(CultureInfo.InvariantCulture,
                $"(--limit {Math.Max(1, FirstBatch - touched)}); look at what ")
            + "arrived, then let the rest go with --release --by NAME");
        return null;
    }

    /// <summary>
    /// Notes what a server's log and returned mail say. Needs no leave: it tells nobody anything, and it happened.
    /// </summary>
    private void TakeReturns(Outbox outbox)
    {
        var now = host.Clock.GetUtcNow();
        if (request.AcceptedLog is { } log)
        {
            var (accepted, again) = outbox.Resolve(DeliveryChannel.Mail, File.ReadLines(log), now);
            if (accepted + again > 0)
                host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"in doubt after a crash: {accepted:#,0} had been accepted, {again:#,0} go out again"));
        }
        if (request.Bounces is { } bounces)
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{outbox.Bounce(DeliveryChannel.Mail, File.ReadLines(bounces), now):#,0} came back"));
    }

    private async Task<bool> DispatchAsync(
        CaseNotice notice, CaseEvent approved, Outbox outbox, int allowance, CancellationToken cancellation)
    {
        var options = request.Dispatch with { Limit = allowance };
        if (request.Smtp is { } smtp)
        {
            if (ServerOf(smtp) is not { } server)
                return false;
            var date = approved.At.ToUtc();
            var dispatcher = new Dispatcher(outbox, DeliveryChannel.Mail,
                () => new MailSender(server, notice.Draft, date), options, host.Clock);
            var tried = await dispatcher.RunAsync(cancellation).ConfigureAwait(false);
            SayStop("the mail server", dispatcher.StoppedBy, tried);
            options = options with { Limit = options.Limit - tried };
        }
        if (request.Webhook is { } webhook)
        {
            if (!Uri.TryCreate(webhook, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
                return Refuse("--sms takes an https address");
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var text = NoticeRendering.Plain(notice.Draft);
            var dispatcher = new Dispatcher(outbox, DeliveryChannel.Text,
                () => new TextGateway(client, address, request.Token, text), options, host.Clock);
            var tried = await dispatcher.RunAsync(cancellation).ConfigureAwait(false);
            SayStop("the gateway", dispatcher.StoppedBy, tried);
        }
        return true;
    }

    private void SayStop(string who, int? code, int tried)
    {
        if (code is { } said)
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{who} takes nothing now ({(said == 0 ? "no answer" : $"code {said}")}): stopped after {tried:#,0}"));
    }

    /// <summary>One language a message, and one notice an outbox: who reads another is told so.</summary>
    private void SayLanguages(Outbox outbox, Language language)
    {
        foreach (var other in outbox.Recipients().Where(each => each.Language is { } theirs
            && !theirs.StartsWith(language.Code(), StringComparison.OrdinalIgnoreCase))
            .CountBy(each => each.Language!).OrderBy(each => each.Key, StringComparer.Ordinal))
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{other.Value:#,0} of them read {other.Key} by their contacts, and this notice is in ")
                + language.Code());
    }

    private MailServer? ServerOf(string smtp)
    {
        var cut = smtp.LastIndexOf(':');
        if (cut < 1 || !int.TryParse(smtp.AsSpan(cut + 1), NumberStyles.None,
            CultureInfo.InvariantCulture, out var port)
            || request.From is null)
        {
            Refuse("--smtp takes HOST:PORT, and --from an address");
            return null;
        }
        var name = smtp[..cut];
        var local = name == "localhost" || (IPAddress.TryParse(name, out var ip) && IPAddress.IsLoopback(ip));
        if (request.Security == MailSecurity.None && !local)
        {
            Refuse("mail leaves this machine only under TLS: --security StartTls or Tls");
            return null;
        }
        if (request.Trust is { } trust && !File.Exists(trust))
        {
            Refuse($"--trust: there is no file {trust}");
            return null;
        }
        return new MailServer(name, port, request.Security, request.From)
        {
            User = request.User,
            Password = request.Password,
            Trust = request.Trust,
        };
    }

    /// <summary>Says and records where everybody stands; the notice counts as sent when nobody is open.</summary>
    private int Report(CaseNotice notice, string digest, Outbox outbox)
    {
        var report = DeliveryReport.Of(outbox);
        var scope = notice.Case.All(CaseEventKind.ScopeIssued).Select(CaseScope.Of)
            .LastOrDefault(each => each.Version == notice.Draft.Scope);
        if (!report.AddsUp || report.Recipients != scope?.PeopleKnown)
            throw new InvalidOperationException("the counts of the delivery do not add up to the scope");
        host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.ToldByMail:#,0} told by mail + {report.ToldByText:#,0} by text + {report.ForPosting:#,0} for the "
            + $"posting + {report.Open:#,0} open = {report.Recipients:#,0} people of the scope"));
        host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Holders:#,0} holders, {report.AddressBook:#,0} in address books; {report.Refused:#,0} refused, "
            + $"{report.Bounced:#,0} came back, {report.Doubt:#,0} in doubt"));
        var events = new List<CaseEvent>
        {
            ReportedEvent(digest) with { Facts = CaseDelivered.FactsOf(report) },
        };
        var already = notice.Case.All(CaseEventKind.NoticeSent).Any(each => each.Sha256 == digest);
        var posted = report.ForPosting == 0 ? null : CaseDelivered.PostingOf(notice, digest);
        // Whom nothing but the posting tells is not told before it is up.
        var waits = !already && report.Open == 0 && report.ForPosting > 0 && posted is null;
        if (report.Open == 0 && !already && !waits && notice.Draft.Template.Duties.Count > 0)
            events.Add(Event(CaseEventKind.NoticeSent, digest) with
            {
                At = posted is null ? _journal.Now : CaseDelivered.Later(
                    posted.At, CaseDelivered.CompleteAt(notice.Case, digest) ?? _journal.Now),
                Duties = [.. CaseNotices.DutiesOf(notice.Draft).Union(request.Duties)],
                Version = notice.Draft.Version,
            });
        if (_journal.Add(notice.Case, [.. events]) is null)
            return ExitStatus.Usage;
        if (report.Doubt > 0)
            host.Out.WriteLine("next  decide what is in doubt by the server's log: --accepted-log F");
        else if (report.Open > 0 && report.ByTextAlone == report.Open && request.Webhook is null)
            host.Out.WriteLine("next  they can be told by text alone: name a gateway with --sms");
        else if (report.Open > 0)
            host.Out.WriteLine("next  the same command again goes on where this one stopped");
        else if (report.ForPosting > 0 && posted is null)
            host.Out.WriteLine("next  post the notice for 30 days, and record it: "
                + $"whosaw case event {notice.Case.Id} posted --ledger {request.Ledger} --evidence …"
                + (waits ? "; then this command again records the notice as sent" : ""));
        return report.Open == 0 && !waits ? ExitStatus.Nothing : ExitStatus.Incomplete;
    }

    private CaseEvent Event(CaseEventKind kind, string digest) => new()
    {
        Case = request.Case,
        Number = 0,
        Kind = kind,
        At = _journal.Now,
        Recorded = _journal.Now,
        By = request.By,
        Evidence = [CaseEvent.DigestPrefix + digest],
    };

    private bool Refuse(string sentence)
    {
        Fail(sentence);
        return false;
    }
}
