namespace WhoSaw.Records;

/// <summary>
/// A kind of personal data that an operation shows: lower case with hyphens. An open list with known members.
/// </summary>
public readonly record struct DataCategory
{
    public DataCategory(string name)
    {
        if (!IsValid(name))
            throw new ArgumentException("a data category is lower-case letters, digits and hyphens", nameof(name));
        Name = name;
    }

    public string Name { get; }

    public static readonly IReadOnlyList<string> Known =
    [
        "name", "email", "phone", "address", "entrance-code", "order-history", "card", "resident-number",
        "birth-date", "account-number", "credit", "location", "health", "credential", "device", "photo", "message",
    ];

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 64 } && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public override string ToString() => Name;
}
