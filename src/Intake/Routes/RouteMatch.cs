namespace WhoSaw.Intake.Routes;

/// <summary>What a request is, by its method and target. Valid until the next match with the same scratch.</summary>
public readonly ref struct RouteMatch
{
    private readonly ReadOnlySpan<byte> _place;
    private readonly ReadOnlySpan<byte> _query;
    private readonly CompiledRoute? _route;

    internal RouteMatch(
        CompiledRoute? route, ReadOnlySpan<byte> place, bool isLogin, ReadOnlySpan<byte> query = default)
    {
        _route = route;
        _place = place;
        _query = query;
        IsLogin = isLogin;
    }

    /// <summary>Index into the options that the table was made of; -1 where the request shows nobody's data.</summary>
    public int Operation => _route?.Index ?? -1;

    /// <summary>The request tries to log in; whether it succeeded is for its status to say.</summary>
    public bool IsLogin { get; }

    /// <summary>Where the subjects are; the host knows those of <see cref="SubjectPlace.Account"/>.</summary>
    public SubjectPlace SubjectFrom => _route?.Place ?? SubjectPlace.Path;

    /// <summary>
    /// The route names a ticket and the request does not. To be asked before <see cref="Subjects"/>, which uses the
    /// same scratch.
    /// </summary>
    public bool LacksTicket(RouteScratch scratch) =>
        _route is { TicketName.Length: > 0 } && QueryText.Values(_query, _route.TicketName, scratch).IsEmpty;

    /// <summary>
    /// The accounts that the request names, percent-encoding undone. Empty where there is no operation, where the
    /// subject is the session's own account, and where the request leaves it out.
    /// </summary>
    public SubjectList Subjects(RouteScratch scratch)
    {
        if (_route is null || _place.IsEmpty)
            return default;
        if (_route.Place == SubjectPlace.Query)
            return new SubjectList(QueryText.Values(_place, _route.QueryName, scratch), scratch);
        if (_place.IndexOf((byte)'%') < 0)
            return new SubjectList(_place, scratch);
        var text = scratch.Text(_place.Length);
        var length = PercentText.Decode(_place, text);
        return new SubjectList(text[..length], scratch);
    }
}
