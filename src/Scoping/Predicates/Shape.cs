namespace WhoSaw.Scoping.Predicates;

/// <summary>Keeps expressions flat, so that thousands of alternatives are one level deep and print one way.</summary>
internal static class Shape
{
    public static Expression Join(bool isAnd, IReadOnlyList<Expression> terms)
    {
        if (terms.Count == 1)
            return terms[0];
        var flat = new List<Expression>(terms.Count);
        foreach (var term in terms)
        {
            if (term is Junction junction && junction.IsAnd == isAnd)
                flat.AddRange(junction.Terms);
            else
                flat.Add(term);
        }
        return new Junction(isAnd, flat);
    }

    public static Expression Not(Expression inner) => inner is Negation twice ? twice.Inner : new Negation(inner);

    /// <summary>Each value once, in the order in which they came.</summary>
    public static IReadOnlyList<Operand> Distinct(IEnumerable<Operand> operands)
    {
        var seen = new HashSet<Operand>();
        return [.. operands.Where(seen.Add)];
    }
}
