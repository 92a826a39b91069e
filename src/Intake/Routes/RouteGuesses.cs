using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Intake.Routes;

/// <summary>Says of templates what they may show and to whom it belongs.</summary>
internal sealed class RouteGuesses
{
    private readonly List<InferredRoute> _routes = [];
    private readonly List<IReadOnlyList<string?>> _segments = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { Operation.LoginName };

    /// <summary>
    /// The routes whose id after a belonging (<c>orders/{subject}</c>) may be its own or its owner's.
    /// </summary>
    private readonly HashSet<int> _belongings = [];
    private readonly HashSet<int> _owners = [];

    public IReadOnlyList<InferredRoute> Routes => _routes;

    public void Add(IReadOnlyList<string?> segments, string method, long requests)
    {
        var words = segments.OfType<string>().ToList();
        var owner = IndexAfter(segments, PersonalWords.IsOwner);
        var belonging = IndexAfter(segments, PersonalWords.IsBelonging);
        var isPublic = words.Any(PersonalWords.IsPublic) || method is not ("GET" or RouteOptions.AnyMethod);
        var subject = owner >= 0 ? owner : belonging >= 0 ? belonging : IndexAfter(segments, _ => true);
        var own = words.Find(PersonalWords.IsOwn);
        var personal = !isPublic && (owner >= 0 || belonging >= 0 || (own is not null && !segments.Contains(null)));
        if (personal && owner >= 0)
            _owners.Add(_routes.Count);
        else if (personal && belonging >= 0)
            _belongings.Add(_routes.Count);
        var why = (personal, owner >= 0, belonging >= 0) switch
        {
            (false, _, _) => isPublic
                ? "its words are those of public pages or of forms"
                : "nothing in its words says people",
            (_, true, _) => $"an id follows '{segments[owner - 1]}'",
            (_, _, true) => $"an id follows '{segments[belonging - 1]}'",
            _ => $"'{own}' is a page of the person who is logged in",
        };
        var route = new RouteOptions
        {
            Method = method,
            Template = TemplateOf(segments, subject),
            Name = NameOf(words),
            Subject = subject >= 0 ? SubjectFrom.Path : SubjectFrom.Account,
            Shows = [.. PersonalWords.CategoriesOf(words).Select(category => new DataCategory(category))],
        };
        _segments.Add(segments);
        _routes.Add(new InferredRoute(route, requests, 0, personal, why));
    }

    /// <summary>Decides by the values what the words leave open.</summary>
    public void Settle(IReadOnlyList<HashSet<string>> values, IReadOnlyDictionary<int, string> queries)
    {
        var owners = Numbers(_owners.SelectMany(index => values[index]));
        foreach (var index in _belongings)
        {
            var guess = _routes[index];
            _routes[index] = IsWithin(Numbers(values[index]), owners)
                ? guess with { Why = guess.Why + ", and the ids are in the range of those of people" }
                : guess with
                {
                    Why = guess.Why + ", which is not a person's: taken for the session's own",
                    Route = guess.Route with
                    {
                        Subject = SubjectFrom.Account,
                        Template = TemplateOf(_segments[index], -1),
                    },
                };
        }
        foreach (var (index, name) in queries)
        {
            var guess = _routes[index];
            if (guess.LooksPersonal || guess.Route.Subject.Place == SubjectPlace.Path || guess.Route.Method == "POST")
                continue;
            _routes[index] = guess with
            {
                LooksPersonal = true,
                Why = $"its query names people in '{name}'",
                Route = guess.Route with { Subject = SubjectFrom.Query(name) },
            };
        }
    }

    private static bool IsWithin(List<long> values, List<long> owners) =>
        owners.Count >= 20 && values.Count >= 5
        && values.Count(value => value >= owners[0] && value <= owners[^1]) >= values.Count * 0.9;

    private static List<long> Numbers(IEnumerable<string> values)
    {
        var numbers = new List<long>();
        foreach (var value in values)
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        numbers.Sort();
        return numbers;
    }

    // the first parameter right after a segment of that kind
    private static int IndexAfter(IReadOnlyList<string?> segments, Func<string, bool> isKind)
    {
        for (var i = 1; i < segments.Count; i++)
            if (segments[i] is null && segments[i - 1] is { } word && isKind(word))
                return i;
        return -1;
    }

    private static string TemplateOf(IReadOnlyList<string?> segments, int subject)
    {
        var texts = new List<string>();
        for (var i = 0; i < segments.Count; i++)
        {
            var name = i == subject ? RouteTemplate.SubjectName : NameAfter(i > 0 ? segments[i - 1] : null);
            texts.Add(segments[i] ?? (texts.Contains($"{{{name}}}") ? $"{{{name}{i}}}" : $"{{{name}}}"));
        }
        return "/" + string.Join('/', texts);
    }

    // addresses/{address}, orders/{order}
    private static string NameAfter(string? word)
    {
        if (word is null || word.Length < 3 || !word.All(char.IsAsciiLetter) || word == RouteTemplate.SubjectName)
            return "id";
        return word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2] : word.EndsWith('s') ? word[..^1] : word;
    }

    private string NameOf(List<string> words)
    {
        var telling = words.Where(word => word is not ("api" or "rest" or "internal") && !IsVersion(word)).TakeLast(3);
        var name = string.Concat(string.Join('-', telling).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'))
            .ToLowerInvariant();
        name = name.Length == 0 ? "root" : name.Length > 48 ? name[..48] : name;
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++)
            unique = $"{name}-{i}";
        return unique;
    }

    private static bool IsVersion(string word) =>
        word.Length is 2 or 3 && word[0] is 'v' or 'V' && word.Skip(1).All(char.IsAsciiDigit);
}
