using System.Reflection;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>A kind of notice: whom it addresses, when it may go out, what it must say.</summary>
/// <param name="Id">The first part of its file's name in Templates/.</param>
/// <param name="States">The states of a case in which it may go out.</param>
/// <param name="Sections">Required, by id.</param>
/// <param name="UnknownAllowed">Sections that may say that something is not known yet.</param>
/// <param name="Duties">The duties that it serves when it is sent.</param>
public sealed record NoticeTemplate(
    string Id, bool ToPeople, IReadOnlyList<CaseState> States, IReadOnlyList<string> Sections,
    IReadOnlyList<string> UnknownAllowed, IReadOnlyList<string> Duties)
{
    /// <summary>In which languages it is written.</summary>
    public IReadOnlyList<Language> Languages { get; init; } = [Language.Korean, Language.English];

    /// <summary>Where those live whom it is for, by the jurisdiction's id; null: everybody of the scope.</summary>
    public string? Residents { get; init; }

    /// <summary>Whose residents an authority wants counted apart, by the jurisdiction's id.</summary>
    public string? Counts { get; init; }

    /// <summary>Its words are those of Korean law: what happened is called a leak.</summary>
    public bool IsKorean => Duties.Count == 0 || Duties.Any(duty => duty.StartsWith("kr-", StringComparison.Ordinal));

    /// <summary>It may go out before anybody knows whose data it is.</summary>
    public bool NeedsScope => States.All(state => state == CaseState.Confirmed);
}

/// <summary>The notices that there are. To add one: a member here, its Liquid files, a test in NoticeTests.</summary>
public static class NoticeTemplates
{
    private static readonly CaseState[] Confirmed = [CaseState.Confirmed];
    private static readonly CaseState[] Early = [CaseState.Suspected, CaseState.Confirmed];
    private static readonly string[] ForPeople =
        ["categories", "when", "how", "people-can-do", "response", "contact", "rights"];

    public static readonly IReadOnlyList<NoticeTemplate> All =
    [
        new("people", true, Confirmed, ForPeople, ["categories", "when", "how"], ["kr-pipa-34-1"]),
        new("possible", true, [CaseState.Suspected],
            ["categories", "when", "how", "people-can-do", "response", "contact", "further-notice"],
            ["categories", "when", "how"], ["kr-pipa-34-2", "kr-pipa-34-2-part"]),
        new("refuted", true, [CaseState.Refuted], ["how", "contact"], [], ["kr-pipa-34-2-refuted"]),
        new("posting", false, Confirmed, [.. ForPeople, "posting"], ["categories", "when", "how"], []),
        new("report", false, Confirmed,
            ["organisation", "categories", "number", "when", "how", "people-can-do", "response", "contact", "rights"],
            ["categories", "number", "when", "how"], ["kr-pipa-34-4"]),
        new("gdpr", false, Confirmed,
            ["nature", "when", "categories", "number", "records", "contact", "consequences", "response"],
            ["nature", "when", "categories", "number", "records", "consequences", "response"], ["eu-gdpr-33"])
        {
            Counts = "EU",
        },
        new("sec", false, Confirmed, ["nature", "number", "when", "material-impact"],
            ["nature", "number", "when", "material-impact"], ["us-sec-8k-105"]),
        Elsewhere("nis2-warning", ["nature", "unlawful", "cross-border", "contact"], ["eu-nis2-24h"], Early),
        Elsewhere("nis2", ["nature", "severity", "indicators", "response", "contact"], ["eu-nis2-72h"], Early),
        Elsewhere("uk", ["nature", "when", "categories", "number", "records", "contact", "consequences", "response"],
            ["uk-gdpr-33"], Confirmed) with { Counts = "UK" },
        Elsewhere("california", ["when", "categories", "response", "people-can-do", "contact"], ["us-ca-1798-82"],
            Confirmed) with { ToPeople = true, UnknownAllowed = ["when"], Residents = "US-CA" },
        Elsewhere("japan", ["nature", "categories", "number", "how", "consequences", "individuals", "publication",
            "response", "contact"], ["jp-appi-26-preliminary"], Early) with { Counts = "JP" },
        Elsewhere("singapore", ["awareness", "how", "when", "number", "categories", "consequences", "individuals",
            "contact"], ["sg-pdpa-26d"], Confirmed) with { Counts = "SG" },
        Elsewhere("certin", ["detection", "nature", "systems", "scope", "indicators", "response", "contact"],
            ["in-certin-6h"], [CaseState.Signal, .. Early]),
        Elsewhere("dpdp", ["nature", "when", "categories", "number", "who", "response", "individuals", "contact"],
            ["in-dpdp-board-72h"], Confirmed) with { Counts = "IN" },
        Elsewhere("taiwan", ["how", "when", "categories", "response", "people-can-do", "contact"], ["tw-pdpa-12"],
            Confirmed) with { ToPeople = true, UnknownAllowed = ["when"], Residents = "TW" },
    ];

    /// <summary>
    /// For an authority abroad, in English; what is not known yet may be said to be, but for whom to ask.
    /// </summary>
    private static NoticeTemplate Elsewhere(string id, string[] sections, string[] duties, CaseState[] states) =>
        new(id, false, states, sections, [.. sections.Where(section => section != "contact")], duties)
        {
            Languages = [Language.English],
        };

    /// <summary>Null when there is no such notice.</summary>
    public static NoticeTemplate? Find(string id) => All.FirstOrDefault(each => each.Id == id);

    internal static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("templates/" + name)
            ?? throw new FileNotFoundException("there is no template of this name", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
