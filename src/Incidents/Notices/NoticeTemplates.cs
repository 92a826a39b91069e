using System.Reflection;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Notices;

/// <summary>A kind of notice: whom it addresses, when it may go out, what it must say.</summary>
/// <param name="Id">The first part of its file's name in Templates/.</param>
/// <param name="States">The states of a case in which it may go out.</param>
/// <param name="Sections">Required, by id.</param>
/// <param name="UnknownAllowed">Sections that may say that something is not known yet.</param>
/// <param name="Duties">The duties that it serves when it is sent.</param>
public sealed record NoticeTemplate(
    string Id, bool ToPeople, IReadOnlyList<CaseState> States, IReadOnlyList<string> Sections,
    IReadOnlyList<string> UnknownAllowed, IReadOnlyList<string> Duties);

/// <summary>The notices that there are. To add one: a member here, its Liquid files, a test in NoticeTests.</summary>
public static class NoticeTemplates
{
    private static readonly CaseState[] Confirmed = [CaseState.Confirmed];
    private static readonly string[] ForPeople =
        ["categories", "when", "how", "people-can-do", "response", "contact", "rights"];

    public static readonly IReadOnlyList<NoticeTemplate> All =
    [
        new("people", true, Confirmed, ForPeople, ["categories", "when", "how"], ["kr-pipa-34-1"]),
        new("possible", true, [CaseState.Suspected],
            ["categories", "when", "how", "people-can-do", "response", "contact", "further-notice"],
            ["categories", "when", "how"], ["kr-pipa-34-2"]),
        new("refuted", true, [CaseState.Refuted], ["how", "contact"], [], ["kr-pipa-34-2-refuted"]),
        new("posting", true, Confirmed, [.. ForPeople, "posting"], ["categories", "when", "how"], []),
        new("report", false, Confirmed,
            ["organisation", "categories", "number", "when", "how", "people-can-do", "response", "contact", "rights"],
            ["categories", "number", "when", "how"], ["kr-pipa-34-4"]),
        new("gdpr", false, Confirmed,
            ["nature", "when", "categories", "number", "records", "contact", "consequences", "response"],
            ["nature", "when", "categories", "number", "records", "consequences", "response"], ["eu-gdpr-33"]),
        new("sec", false, Confirmed, ["nature", "number", "when", "material-impact"],
            ["nature", "number", "when", "material-impact"], ["us-sec-8k-105"]),
    ];

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
