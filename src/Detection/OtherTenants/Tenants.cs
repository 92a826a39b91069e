using WhoSaw.Records;

namespace WhoSaw.Detection.OtherTenants;

/// <summary>
/// Whether a principal reads accounts of its own tenant. A tenant is a principal that the directory names as an owner;
/// other principals, such as support staff, serve all.
/// </summary>
internal sealed class Tenants(DetectionContext context)
{
    private readonly Dictionary<Symbol, string?> _tenantOf = [];
    private HashSet<string>? _names;

    public Trait Look(Symbol principal, SubjectId subject) =>
        !context.Accounts.Owners.TryGetValue(subject, out var owners) || Of(principal) is not { } tenant
        || Names(owners).Contains(tenant) ? Trait.None : Trait.OtherTenant;

    /// <summary>The tenant that a principal is, by the name that the directory has; null for others.</summary>
    public string? Of(Symbol principal)
    {
        if (_tenantOf.TryGetValue(principal, out var tenant))
            return tenant;
        _names ??= [.. context.Accounts.Owners.Values.Distinct().SelectMany(Names)];
        var text = context.Catalog.Symbols.Text(principal)!;
        _tenantOf.Add(principal, tenant = _names.Contains(text) ? text : null);
        return tenant;
    }

    private static string[] Names(string owners) =>
        owners.Contains(' ', StringComparison.Ordinal) ? owners.Split(' ') : [owners];
}
