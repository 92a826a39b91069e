using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Dormancy;

/// <summary>
/// An employee or a service reads accounts that their owners left long ago, as one does who draws from a register
/// of everybody: who has work to do with people reads those who come.
/// </summary>
internal sealed class DormantAccountsDetector(DetectionContext context, DormantAccountsOptions options) : Detector
{
    private readonly Dictionary<short, Dictionary<Symbol, ReaderDays>> _roles = [];
    private readonly LocalTime _clock = new(context.Zone);
    private readonly MemoryLimit _limit = new(
        "days of employees and services at an address", "reads beyond them were not held against anybody",
        options.MostDays);

    private int _day = int.MinValue;
    private long _entries;

    public override string Name => "dormant-accounts";
    internal override IEnumerable<MemoryLimit> Limits => [_limit];

    public override void Observe(AccessBatch batch)
    {
        if (context.Accounts.Dormant == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0 || batch.Principal[row].IsNone
                || batch.Outcome[row] != Outcome.Disclosed || batch.Subject[row].IsNone
                || (batch.Traits[row] & Trait.Canary) != 0)
                continue;
            var day = _clock.Of(batch.Time[row]).DayNumber;
            if (day > _day)
                Turn(day);
            var reader = ReaderOf(batch.Operation[row], batch.Principal[row]);
            var reads = reader.Find(day, batch.Client[row]);
            if (reads is null)
            {
                if (_limit.Refuses(_entries))
                    continue;
                reads = reader.Add(day, batch.Client[row]);
                _entries++;
            }
            reads.See(batch, row, context.Catalog);
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var actors = _roles.Values.SelectMany(role => role.Values).Sum(reader => reader.Clients.Count());
        return _roles.OrderBy(role => role.Key)
            .SelectMany(role => new DormancyJudge(role.Value, options, actors).Found()
                .Where(odd => !Causes.Name(odd.Principal))
                .GroupBy(odd => odd.Principal)
                .Select(odd => DormancyReport.Of(context.Catalog, Name, role.Key, role.Value[odd.Key], [.. odd])))
            .OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    public override void Save(BinaryWriter state)
    {
        state.Write(_day);
        state.Write(_roles.Values.Sum(role => role.Count));
        foreach (var (operation, role) in _roles.OrderBy(role => role.Key))
            foreach (var (principal, reader) in role)
            {
                state.WriteOperation(context.Catalog, operation);
                state.WriteSymbol(context.Catalog, principal);
                reader.Save(state, context.Catalog);
            }
    }

    /// <summary>Operations that there are no longer are passed over.</summary>
    public override void Restore(BinaryReader state)
    {
        _day = state.ReadInt32();
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (operation, principal) = (state.ReadOperation(context.Catalog), state.ReadSymbol(context.Catalog));
            var reader = ReaderDays.Restore(state, context.Catalog);
            if (operation < 0)
                continue;
            RoleOf(operation).Add(principal, reader);
            _entries += reader.Entries;
        }
    }

    private void Turn(int day)
    {
        _day = day;
        _entries = 0;
        foreach (var reader in _roles.Values.SelectMany(role => role.Values))
        {
            reader.Turn(day);
            _entries += reader.Entries;
        }
    }

    private ReaderDays ReaderOf(short operation, Symbol principal)
    {
        var role = RoleOf(operation);
        if (!role.TryGetValue(principal, out var reader))
            role.Add(principal, reader = new ReaderDays());
        return reader;
    }

    private Dictionary<Symbol, ReaderDays> RoleOf(short operation)
    {
        if (!_roles.TryGetValue(operation, out var role))
            _roles.Add(operation, role = []);
        return role;
    }
}
