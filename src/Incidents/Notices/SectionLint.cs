using System.Text.RegularExpressions;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>What the law requires must be there, and must say something.</summary>
internal static partial class SectionLint
{
    private static readonly string[] UnknownWords =
        ["확인 중", "확인중", "조사 중", "조사중", "미상", "파악 중", "unknown", "being examined", "under investigation",
            "to be determined"];

    public static IEnumerable<LintFault> Faults(NoticeDraft draft, LintContext context)
    {
        foreach (var id in draft.Template.Sections)
        {
            if (draft.Section(id) is not { } section)
                yield return new(id + "-missing", $"the section [{id}] is missing: {Meaning(id)}", $"[{id}]");
            else if (section.Text.Trim().Length < 2)
                yield return new(id + "-empty", $"the section [{id}] says nothing: {Meaning(id)}", $"[{id}]");
            else if (!draft.Template.UnknownAllowed.Contains(id)
                && UnknownWords.FirstOrDefault(word => Has(section.Text, word)) is { } word)
                yield return new("unknown-not-allowed", $"[{id}] says \"{word}\"; the law lets only "
                    + $"{string.Join(", ", draft.Template.UnknownAllowed)} be unknown at first", $"[{id}] \"{word}\"");
        }
        foreach (var twice in draft.Sections.GroupBy(each => each.Id).Where(group => group.Count() > 1))
            yield return new("section-twice", $"there are {twice.Count()} sections [{twice.Key}]", $"[{twice.Key}]");
        if (Placeholder().Match(draft.Text) is { Success: true } left)
            yield return new("placeholder", $"\"{left.Value}\" was left to be filled in", $"\"{left.Value}\"");
        foreach (var fault in ContactFaults(draft, context.Particulars).Concat(RightsFaults(draft))
            .Concat(AdviceFaults(draft, context)).Concat(FurtherFaults(draft)))
            yield return fault;
    }

    private static IEnumerable<LintFault> ContactFaults(NoticeDraft draft, NoticeParticulars particulars)
    {
        if (draft.Section("contact") is not { } contact)
            yield break;
        if (!Has(contact.Text, particulars.Department))
            yield return new("contact-department", $"[contact] does not name {particulars.Department}",
                particulars.Department);
        if (!Has(contact.Text, particulars.Phone) && !Has(contact.Text, particulars.Email))
            yield return new("contact-address", "[contact] has neither the phone number nor the e-mail address of the "
                + "particulars");
    }

    private static IEnumerable<LintFault> RightsFaults(NoticeDraft draft)
    {
        if (draft.Section("rights") is not { } rights)
            yield break;
        var korean = draft.Language == Language.Korean;
        (string Code, string[] Words, string Article)[] wanted =
        [
            ("rights-damages", korean ? ["손해배상"] : ["damages"], "damages, Art. 39"),
            ("rights-statutory", korean ? ["법정손해배상", "39조의2"] : ["statutory damages", "39-2"],
                "statutory damages, Art. 39-2"),
            ("rights-mediation", korean ? ["분쟁조정"] : ["mediation"], "mediation, Art. 43"),
        ];
        foreach (var (code, words, article) in wanted)
            if (!words.Any(word => Has(rights.Text, word)))
                yield return new(code, $"[rights] does not name {article}");
    }

    /// <summary>An exposed door code or password calls for a particular act, and the notice has to say which.</summary>
    private static IEnumerable<LintFault> AdviceFaults(NoticeDraft draft, LintContext context)
    {
        if (draft.Section("people-can-do") is not { } advice)
            yield break;
        foreach (var category in context.Case.Scope?.Categories ?? [])
        {
            var must = CategoryWords.All.GetValueOrDefault(category)?.Must(draft.Language) ?? [];
            if (must.Length > 0 && !advice.Lines.Any(line => must.All(word => Has(line, word))))
                yield return new("advice-" + category, $"[people-can-do] does not say what to do about "
                    + $"{CategoryWords.Name(category, draft.Language)}: {string.Join(" … ", must)}",
                    $"{CategoryWords.Name(category, draft.Language)} ({string.Join(" … ", must)})");
        }
        if (advice.Lines.Count == 1 && advice.Text.Length < 20)
            yield return new("advice-vague", "[people-can-do] must be concrete");
    }

    private static IEnumerable<LintFault> FurtherFaults(NoticeDraft draft)
    {
        if (draft.Section("further-notice") is not { } further)
            yield break;
        var promised = draft.Language == Language.Korean
            ? Has(further.Text, "확인되면") && Has(further.Text, "통지")
            : Has(further.Text, "confirmed") && (Has(further.Text, "notify") || Has(further.Text, "notice"));
        if (!promised)
            yield return new("further-notice-vague",
                "[further-notice] must say that a further notice follows if the leak is confirmed");
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Meaning(string id) => id switch
    {
        "categories" => "which kinds of data",
        "when" => "from when to when",
        "how" => "how it happened",
        "people-can-do" => "what people can do to limit harm",
        "response" => "what the company has done, and how relief is had",
        "contact" => "department and contact for reporting harm",
        "rights" => "legal rights and how to exercise them",
        "further-notice" => "that a further notice follows if the leak is confirmed",
        "posting" => "from when to when it stays up",
        "number" => "how many people",
        _ => "it is required",
    };

    [GeneratedRegex(@"\{\{|\}\}|TODO|TBD|XXX|___+|○○+|OOO|\[입력[^\]]*\]|\[fill[^\]]*\]", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
