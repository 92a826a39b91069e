using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.OtherTenants;

/// <summary>
/// A tenant was shown accounts that the directory says are another's. A fact: no tenant reads them by right.
/// </summary>
internal sealed class OtherTenantDetector(DetectionContext context) : Detector
{
    private readonly SortedDictionary<short, Crossing> _crossings = [];
    private readonly Dictionary<short, long> _reads = [];
    private readonly Tenants _tenants = new(context);

    public override string Name => "other-tenant";

    public override void Observe(AccessBatch batch)
    {
        if (context.Accounts.Owners.Count == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0
                || batch.Outcome[row] != Outcome.Disclosed || batch.Principal[row].IsNone)
                continue;
            var operation = batch.Operation[row];
            _reads[operation] = _reads.GetValueOrDefault(operation) + 1;
            var crosses = (batch.Traits[row] & Trait.OtherTenant) != 0;
            if (!_crossings.TryGetValue(operation, out var crossing))
            {
                if (!crosses)
                    continue;
                _crossings.Add(operation, crossing = new Crossing());
            }
            if (crosses)
                See(crossing, batch, row);
            else if (_tenants.Of(batch.Principal[row]) is not null)
                crossing.SeeOther(batch.Subject[row], context.Accounts.Owners.ContainsKey(batch.Subject[row]));
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        foreach (var (operation, crossing) in _crossings)
        {
            var name = context.Catalog.Operations[operation].Name;
            var (tenant, _) = crossing.Principals.Top(1, context.Catalog.Symbols)[0];
            yield return new Finding
            {
                Kind = FindingKind.Access,
                Detector = Name,
                Severity = Severity.High,
                Raised = crossing.Time.First,
                First = crossing.Time.First,
                Last = crossing.Time.Last,
                Title = "Tenants are shown the data of other tenants' accounts",
                Why = Text($"{crossing.Views:N0} answers of '{name}' showed {crossing.Subjects.Count:N0} accounts to ")
                    + Text($"{crossing.Principals.Distinct:N0} tenants that do not own them."),
                Evidence =
                [
                    new Evidence("answers with an account of another tenant", Text($"{crossing.Views:N0}"),
                        Text($"{_reads[operation] - crossing.Views:N0} with an own or nobody's")),
                    .. Unlisted(crossing),
                ],
                ActorKind = "principal",
                ActorValue = tenant,
                Where = Where(name, crossing),
                Technique = "T1213",
                Samples = crossing.Samples,
            };
        }
    }

    private static IEnumerable<Evidence> Unlisted(Crossing crossing)
    {
        if (crossing.UnlistedViews > 0)
            yield return new Evidence(
                "answers meanwhile with an account that the directory lacks", Text($"{crossing.UnlistedViews:N0}"),
                crossing.TakesUnlisted
                    ? "taken for another tenant's, as all others of that time are"
                    : "whose they were cannot be told; they are not counted in");
    }

    private string Where(string operation, Crossing crossing)
    {
        var where = $"operation = {Literals.Text(operation)} and ";
        if (crossing.UnlistedViews == 0 || !crossing.TakesUnlisted)
            return where + "other-tenant";
        var unlisted = Literals.In("subject", crossing.Unlisted.Select(context.Catalog.Subjects.Text));
        var (first, last) = (crossing.Time.First, crossing.Time.Last);
        return where + $"(other-tenant or time between '{first}' and '{last}' and {unlisted})";
    }

    internal override int StateVersion => 2;

    public override void Save(BinaryWriter state)
    {
        state.Write(_reads.Count);
        foreach (var (operation, reads) in _reads)
        {
            state.WriteOperation(context.Catalog, operation);
            state.Write(reads);
            state.Write(_crossings.ContainsKey(operation));
            if (_crossings.TryGetValue(operation, out var crossing))
                crossing.Save(state, context.Catalog);
        }
    }

    public override void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (operation, reads) = (state.ReadOperation(context.Catalog), state.ReadInt64());
            var crossing = state.ReadBoolean() ? Crossing.Restore(state, context.Catalog) : null;
            if (operation <= 0)
                continue;
            _reads[operation] = reads;
            if (crossing is not null)
                _crossings[operation] = crossing;
        }
    }

    private void See(Crossing crossing, AccessBatch batch, int row)
    {
        crossing.See(batch.Time[row], batch.Subject[row]);
        crossing.Principals.Add(batch.Principal[row]);
        if (crossing.Samples.Count < 5)
            crossing.Samples.Add(
                new RecordLocation(context.Catalog.Files[batch.File[row]].Path, batch.Offset[row]));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
