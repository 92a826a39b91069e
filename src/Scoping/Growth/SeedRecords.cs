using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>The records of a seed, as the temporary table <c>seed</c>.</summary>
internal sealed class SeedRecords : IDisposable
{
    private readonly ScopeEngine _engine;

    public SeedRecords(ScopeEngine engine, Predicate seed)
    {
        _engine = engine;
        var parameters = new SqlParameters();
        var where = seed.WriteSql(parameters, engine.SubjectsOf(seed));
        engine.Database.Run($"CREATE OR REPLACE TEMP TABLE seed AS SELECT * FROM records WHERE {where}",
            parameters.Values);
        Count = engine.Database.One("SELECT count(*) FROM seed", null, row => row.GetInt64(0));
    }

    public long Count { get; }

    /// <summary>Whether a record of the seed belongs to the theft.</summary>
    public bool HasOneOf(Theft theft)
    {
        var any = Predicate.Or([.. theft.Leads.Select(lead => lead.Literal)]);
        var parameters = new SqlParameters();
        var where = any.WriteSql(parameters, _engine.SubjectsOf(any));
        return _engine.Database.One(
            $"SELECT EXISTS (SELECT 1 FROM seed WHERE {where})", parameters.Values, row => row.GetBoolean(0));
    }

    public void Dispose() => _engine.Database.Run("DROP TABLE seed");
}
