namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// A question could not be answered with what the machine or the options give, or a file of the ledger does not read;
/// the message says which, and what to do.
/// </summary>
public sealed class ScopeResourceException(string message, Exception cause) : IOException(message, cause);
