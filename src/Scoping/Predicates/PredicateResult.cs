namespace WhoSaw.Scoping.Predicates;

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Column">Characters before the place, from 0.</param>
/// <param name="Sentence">For people; never quotes a literal, which may be personal data.</param>
public sealed record PredicateError(int Column, string Sentence)
{
    public override string ToString() => Sentence;
}

/// <summary>A predicate, or all that is wrong with its text in the order of the text.</summary>
public sealed record PredicateResult(Predicate? Predicate, IReadOnlyList<PredicateError> Errors)
{
    /// <summary>
    /// The predicate; throws <see cref="FormatException"/> with all sentences when the text was wrong.
    /// </summary>
    public Predicate OrThrow() =>
        Predicate ?? throw new FormatException(string.Join("; ", Errors.Select(error => error.Sentence)));
}
