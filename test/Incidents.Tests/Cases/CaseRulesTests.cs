using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Tests.Cases;

public sealed class CaseRulesTests
{
    private const string T = "2026-11-23T10:00+09:00";
    private static readonly string Digest = "sha256:" + new string('a', 64);

    private static CaseEvent Event(Case incident, string kind) => new()
    {
        Case = incident.Id,
        Number = incident.Events.Count + 1,
        Kind = new CaseEventKind(kind),
        At = Story.At(T),
        Recorded = Story.At(T),
        By = "kim",
        Evidence = [Digest],
        Duties = ["kr-pipa-34-1"],
        Note = "seen",
    };

    [Fact]
    public void Who_drafted_a_notice_does_not_approve_it()
    {
        var incident = Story.Opened(T).Case;
        incident = incident.With(Event(incident, "notice-drafted"));
        Assert.Contains("kim drafted this notice; somebody else approves it",
            CaseRules.Faults(incident, Event(incident, "notice-approved") with { By = " KIM " }));
        Assert.Empty(CaseRules.Faults(incident, Event(incident, "notice-approved") with { By = "lee" }));
    }

    [Fact]
    public void What_was_changed_after_the_draft_cannot_be_approved()
    {
        var incident = Story.Opened(T).Case;
        incident = incident.With(Event(incident, "notice-drafted"));
        Assert.Contains("no draft of this text is in the case", CaseRules.Faults(incident,
            Event(incident, "notice-approved") with { By = "lee", Evidence = ["sha256:" + new string('b', 64)] }));
    }

    [Theory]
    [InlineData("call hong@example.com", "an e-mail address")]
    [InlineData("his number is 010-1234-5678", "a phone number")]
    [InlineData("900101-1234567 was in it", "a resident number")]
    [InlineData("card 4111 1111 1111 1111", "a card number")]
    public void What_looks_like_personal_data_does_not_enter_the_journal(string note, string kind)
    {
        var incident = Story.Opened(T).Case;
        Assert.Contains($"this looks like {kind}, and the journal keeps it for ever: leave it out",
            CaseRules.Faults(incident, Event(incident, "noted") with { Note = note }));
    }

    [Fact]
    public void What_was_stated_by_mistake_is_withdrawn_and_counts_no_more()
    {
        var story = Story.Opened(T).Then("signal-raised", T).Then("leak-confirmed", "2025-11-23T10:00+09:00")
            .Then("leak-confirmed", T);
        var withdrawal = Event(story.Case, "withdrawn") with
        {
            Facts = new Dictionary<string, string> { ["event"] = "3" },
        };
        Assert.Empty(CaseRules.Faults(story.Case, withdrawal));
        var after = story.Case.With(withdrawal);
        Assert.Equal(4, after.Earliest(CaseEventKind.LeakConfirmed)!.Number);
        Assert.Equal(5, after.Events.Count);
        Assert.Equal(CaseState.Confirmed, after.State);
        Assert.Contains("name with --fact event=N an event of the case that stands; whosaw case log has the numbers",
            CaseRules.Faults(after, withdrawal with { Number = 6 }));
        Assert.Contains("say with --note why the event does not stand",
            CaseRules.Faults(story.Case, withdrawal with { Note = null }));
        foreach (var (number, sentence) in new[]
        {
            ("1", "opened cannot be withdrawn"),
            ("2", "it is the only sign of the case: record the right one first"),
        })
            Assert.Contains(sentence, CaseRules.Faults(story.Case, withdrawal with
            {
                Facts = new Dictionary<string, string> { ["event"] = number },
            }));
    }

    [Theory]
    [InlineData("illegal-access-known")]
    [InlineData("leak-confirmed")]
    [InlineData("leak-refuted")]
    [InlineData("signal-raised")]
    public void Who_came_to_know_says_by_what(string kind)
    {
        var incident = Story.Opened(T).Case;
        Assert.Single(CaseRules.Faults(incident, Event(incident, kind) with { Evidence = [] }));
    }

    [Fact]
    public void Nothing_is_recorded_that_has_not_happened_yet()
    {
        var incident = Story.Opened(T).Case;
        Assert.Single(CaseRules.Faults(
            incident, Event(incident, "noted") with { At = Story.At("2026-11-23T10:01+09:00") }));
    }

    [Theory]
    [InlineData("external-access", "maybe")]
    [InlineData("residents.KR", "many")]
    [InlineData("risk", "yes")]
    [InlineData("colour", "blue")]
    [InlineData("home", "Korea")]
    public void A_fact_takes_its_values_only(string name, string value)
    {
        var incident = Story.Opened(T).Case;
        Assert.Single(CaseRules.Faults(incident, Event(incident, "facts-stated") with
        {
            Facts = new Dictionary<string, string> { [name] = value },
        }));
    }

    [Fact]
    public void A_closed_case_takes_nothing_more()
    {
        var incident = Story.Opened(T).Case;
        incident = incident.With(Event(incident, "closed"));
        Assert.Single(CaseRules.Faults(incident, Event(incident, "noted")));
    }

    [Fact]
    public void Suspected_known_decided_and_filed_are_four_events_with_four_people()
    {
        var story = Story.Opened(T)
            .Then("leak-suspected", "2026-11-23T10:10+09:00", by: "kim")
            .Then("illegal-access-known", "2026-11-23T12:00+09:00", by: "lee")
            .Then("report-decided", "2026-11-23T15:30+09:00", by: "park")
            .Then("notice-sent", "2026-11-23T16:46+09:00", "kr-network-48-3", by: "choi");
        Assert.Equal(["opener", "kim", "lee", "park", "choi"], story.Case.Events.Select(each => each.By));
        Assert.Equal(CaseState.Suspected, story.Case.State);
    }

    [Theory]
    [InlineData("leak-confirmed illegal-access-known", CaseState.Confirmed)]
    [InlineData("leak-suspected leak-refuted", CaseState.Refuted)]
    [InlineData("leak-refuted leak-suspected", CaseState.Suspected)]
    [InlineData("leak-refuted leak-confirmed", CaseState.Confirmed)]
    [InlineData("signal-raised", CaseState.Signal)]
    public void The_state_is_what_was_found_out_last_and_a_sign_takes_nothing_back(string kinds, CaseState state)
    {
        var story = Story.Opened(T);
        foreach (var kind in kinds.Split(' '))
            story.Then(kind, T);
        Assert.Equal(state, story.Case.State);
    }

    [Fact]
    public void A_hole_in_the_events_of_a_case_is_refused()
    {
        var incident = Story.Opened(T).Case;
        Assert.Throws<FormatException>(() =>
            Case.All([.. incident.Events, Event(incident, "noted") with { Number = 3 }]));
    }
}
