using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Tests.Clocks;

public sealed class ConditionTests
{
    private const string T = "2026-11-23T10:00+09:00";

    [Theory]
    // one person is enough for the notice
    [InlineData("kr-pipa-34-1", "home=KR", 1, "name", Truth.Yes)]
    [InlineData("kr-pipa-34-1", "home=KR", 0, "name", Truth.No)]
    [InlineData("kr-pipa-34-1", "home=JP", 50, "name", Truth.No)]
    // the report: 1,000 people, or sensitive, or unique identifiers, or access from outside
    [InlineData("kr-pipa-34-4", "home=KR external-access=no sensitive=no unique-identifiers=no", 999, "name", Truth.No)]
    [InlineData("kr-pipa-34-4", "home=KR external-access=no sensitive=no unique-identifiers=no", 1000, "name",
        Truth.Yes)]
    [InlineData("kr-pipa-34-4", "home=KR external-access=no sensitive=no unique-identifiers=no", 3, "resident-number",
        Truth.Yes)]
    [InlineData("kr-pipa-34-4", "home=KR external-access=no sensitive=no unique-identifiers=no", 3, "health",
        Truth.Yes)]
    [InlineData("kr-pipa-34-4", "home=KR external-access=yes", 1, "name", Truth.Yes)]
    [InlineData("kr-pipa-34-4", "home=KR external-access=no", 1, "name", Truth.Unknown)]
    // residents elsewhere are taken off those at home
    [InlineData("kr-pipa-34-4", "home=KR residents.JP=600 external-access=no sensitive=no unique-identifiers=no", 1500,
        "name", Truth.No)]
    [InlineData("eu-gdpr-33", "residents.EU=1 role=controller risk=risk", 5, "name", Truth.Yes)]
    [InlineData("eu-gdpr-33", "residents.EU=1 role=controller risk=none", 5, "name", Truth.No)]
    [InlineData("eu-gdpr-33", "residents.EU=1 role=processor risk=risk", 5, "name", Truth.No)]
    [InlineData("eu-gdpr-33-2", "residents.EU=1 role=processor", 5, "name", Truth.Yes)]
    [InlineData("eu-gdpr-33", "residents.EU=1 role=controller", 5, "name", Truth.Unknown)]
    [InlineData("eu-gdpr-34", "residents.EU=1 role=controller risk=risk", 5, "name", Truth.No)]
    [InlineData("eu-gdpr-34", "residents.EU=1 role=controller risk=high", 5, "name", Truth.Yes)]
    [InlineData("eu-nis2-24h", "nis2-entity=no", 5, "name", Truth.No)]
    [InlineData("eu-nis2-24h", "nis2-entity=important significant=no", 5, "name", Truth.No)]
    [InlineData("us-ca-ag", "residents.US-CA=500", 900, "name", Truth.No)]
    [InlineData("us-ca-ag", "residents.US-CA=501", 900, "name", Truth.Yes)]
    [InlineData("us-ca-1798-82", "residents.US-CA=9 role=controller encrypted=yes", 9, "name", Truth.No)]
    [InlineData("jp-appi-26-preliminary", "residents.JP=1000 wrongful-purpose=no sensitive=no property-damage=no", 1000,
        "name", Truth.No)]
    [InlineData("jp-appi-26-preliminary", "residents.JP=1001 wrongful-purpose=no sensitive=no property-damage=no", 1001,
        "name", Truth.Yes)]
    [InlineData("jp-appi-26-preliminary", "residents.JP=1 wrongful-purpose=no sensitive=no property-damage=no", 1,
        "card", Truth.Yes)]
    [InlineData("jp-appi-26-preliminary", "residents.JP=1 wrongful-purpose=yes", 1, "name", Truth.Yes)]
    [InlineData("sg-pdpa-26d", "residents.SG=499 significant-harm=no", 499, "name", Truth.No)]
    [InlineData("sg-pdpa-26d", "residents.SG=500 significant-harm=no", 500, "name", Truth.Yes)]
    [InlineData("sg-pdpa-26d", "residents.SG=2 significant-harm=yes", 500, "name", Truth.Yes)]
    [InlineData("sg-pdpa-26d-people", "residents.SG=900 significant-harm=no", 900, "name", Truth.No)]
    [InlineData("in-certin-6h", "in-india=no", 1, "name", Truth.No)]
    public void Applies(string duty, string facts, long people, string categories, Truth expected)
    {
        var clock = Story.Opened(T, facts).Then("leak-confirmed", T).Scope(T, people, categories).Clock(duty, T);
        Assert.Equal(expected, clock.Applies.Truth);
    }

    [Fact]
    public void What_is_not_known_is_asked_for_and_never_assumed()
    {
        var clock = Story.Opened(T).Then("leak-confirmed", T).Clock("kr-pipa-34-4", T);
        Assert.Equal(Truth.Unknown, clock.Applies.Truth);
        Assert.Equal(["scope", "sensitive", "unique-identifiers", "external-access"], clock.Applies.Missing);
        Assert.Equal(ClockState.Running, clock.State);
        Assert.Equal(["categories", "when", "number"], clock.MissingContents);
    }

    [Fact]
    public void A_number_of_people_between_two_bounds_leaves_the_threshold_open()
    {
        const string Facts = "home=KR external-access=no sensitive=no unique-identifiers=no";
        var clock = Story.Opened(T, Facts).Then("leak-confirmed", T).Scope(T, 900, atMost: 1200)
            .Clock("kr-pipa-34-4", T);
        Assert.Equal(Truth.Unknown, clock.Applies.Truth);
    }

    [Fact]
    public void Where_nothing_limits_the_people_no_threshold_is_missed()
    {
        const string Facts = "home=KR external-access=no sensitive=no unique-identifiers=no";
        var clock = Story.Opened(T, Facts).Then("leak-confirmed", T)
            .Then("scope-issued", T, version: 1, facts: "accounts=0 views=0 people.at-least=0 complete=yes")
            .Clock("kr-pipa-34-4", T);
        Assert.Equal(Truth.Unknown, clock.Applies.Truth);
    }

    [Fact]
    public void An_exemption_that_a_person_took_with_a_reason_is_shown_as_such()
    {
        var clock = Story.Opened(T, "home=KR external-access=yes").Then("leak-confirmed", T)
            .Then("duty-exempted", T, "kr-pipa-34-4").Clock("kr-pipa-34-4", T);
        Assert.Equal(ClockState.Exempted, clock.State);
        Assert.Equal("as counsel said", clock.EndedBy!.Note);
    }
}
