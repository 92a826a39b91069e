namespace WhoSaw.Intake.Routes;

/// <summary>What the words of a path suggest about the data behind it. Guesses, for a person to check.</summary>
internal static class PersonalWords
{
    /// <summary>Collections of people: the segment after such a word is somebody's id.</summary>
    private static readonly HashSet<string> Owners = Words(
        "member members user users customer customers account accounts profile profiles patient patients employee",
        "employees contact contacts person persons people subscriber subscribers student students buyer buyers",
        "shopper shoppers consumer consumers holder holders 회원 고객 사용자 hoewon gogaek");

    /// <summary>Pages of the person who is logged in.</summary>
    private static readonly HashSet<string> Own = Words(
        "me mypage my-page mypages my myaccount my-account myinfo my-info profile orders addresses address-book",
        "addressbook deliveries payments cards 마이페이지 내정보 주문 주소록");

    private static readonly Dictionary<string, string[]> Shows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["addresses"] = ["name", "phone", "address"],
        ["address"] = ["name", "phone", "address"],
        ["address-book"] = ["name", "phone", "address"],
        ["addressbook"] = ["name", "phone", "address"],
        ["주소록"] = ["name", "phone", "address"],
        ["delivery"] = ["name", "phone", "address"],
        ["deliveries"] = ["name", "phone", "address"],
        ["shipments"] = ["name", "phone", "address"],
        ["shipping"] = ["name", "phone", "address"],
        ["order"] = ["order-history"],
        ["orders"] = ["order-history"],
        ["purchases"] = ["order-history"],
        ["invoices"] = ["name", "address", "order-history"],
        ["주문"] = ["order-history"],
        ["card"] = ["card"],
        ["cards"] = ["card"],
        ["payments"] = ["card"],
        ["wallet"] = ["card"],
        ["messages"] = ["message"],
        ["inbox"] = ["message"],
        ["phones"] = ["phone"],
        ["phone"] = ["phone"],
        ["email"] = ["email"],
        ["emails"] = ["email"],
        ["devices"] = ["device"],
        ["location"] = ["location"],
        ["photo"] = ["photo"],
        ["photos"] = ["photo"],
        ["records"] = ["health"],
        ["prescriptions"] = ["health"],
        ["patients"] = ["name", "birth-date", "health"],
        ["patient"] = ["name", "birth-date", "health"],
        ["employees"] = ["name", "email", "phone"],
        ["contacts"] = ["name", "email", "phone"],
    };

    /// <summary>
    /// Things that belong to one person each, so that the id after the word is a thing's or its owner's.
    /// </summary>
    private static readonly HashSet<string> Belongings = Words(
        "order orders delivery deliveries shipment shipments shipping invoice invoices purchases payments cards",
        "prescriptions 주문");

    /// <summary>Names of query parameters that hold an account, in small letters without '-' and '_'.</summary>
    private static readonly HashSet<string> QueryNames = Words(
        "memberid memberno membernum userid userno customerid customerno accountid accountno patientid employeeid",
        "memberids userids customerids accountids");

    /// <summary>
    /// Words of public pages and of forms: with one of them in its path nothing is taken for personal data.
    /// </summary>
    private static readonly HashSet<string> Public = Words(
        "blog blogs post posts article articles news image images img presentations projects project files file static",
        "assets css js fonts media docs doc wiki tag tags category categories archive archives page pages feed rss",
        "products product search catalog forum topics download downloads login logout signin signup sign-in sign-up",
        "sign_in sign_up register join password reset forgot wp-content wp-includes wp-admin cgi-bin",
        "xmlrpc.php manual");

    public static bool IsOwner(string word) => Owners.Contains(word);

    public static bool IsOwn(string word) => Own.Contains(word);

    public static bool IsBelonging(string word) => Belongings.Contains(word);

    public static bool IsPublic(string word) => word.StartsWith('~') || Public.Contains(word);

    public static bool IsQueryName(string name) =>
        QueryNames.Contains(name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal));

    /// <summary>The categories that the last telling word suggests; name and e-mail where none tells.</summary>
    public static string[] CategoriesOf(IEnumerable<string> words)
    {
        foreach (var word in words.Reverse())
            if (Shows.TryGetValue(word, out var categories))
                return categories;
        return ["name", "email"];
    }

    private static HashSet<string> Words(params string[] lines) =>
        new(lines.SelectMany(line => line.Split(' ')), StringComparer.OrdinalIgnoreCase);
}
