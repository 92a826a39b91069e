namespace WhoSaw.Intake.Routes;

/// <summary>A route as a sample of requests suggests it.</summary>
/// <param name="Requests">How many requests of the sample it answered.</param>
/// <param name="DistinctValues">How many different subjects they named.</param>
/// <param name="LooksPersonal">Whether its words suggest that it shows personal data.</param>
/// <param name="Why">The reason, as a sentence without its point.</param>
public sealed record InferredRoute(
    RouteOptions Route, long Requests, long DistinctValues, bool LooksPersonal, string Why);
