using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Answers;

/// <summary>
/// An operation that shows people to others answers with far more bytes than before, to everybody: a field more than
/// it should, or a release. The log cannot tell which, so it is for a person to say.
/// </summary>
internal sealed class FullerAnswersDetector(DetectionContext context, FullerAnswersOptions options) : Detector
{
    private readonly SortedDictionary<short, OperationAnswers> _operations = [];

    public override string Name => "fuller-answers";

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count;)
        {
            var people = PeopleOf(batch, row);
            if (batch.Kind[row] == RecordKind.Access && batch.Operation[row] > 0 && batch.Bytes[row] > 0
                && batch.Outcome[row] == Outcome.Disclosed)
            {
                if (!_operations.TryGetValue(batch.Operation[row], out var answers))
                    _operations.Add(batch.Operation[row], answers = new OperationAnswers());
                answers.See(
                    batch.Time[row], (double)batch.Bytes[row] / people,
                    !batch.Principal[row].IsNone || (batch.Traits[row] & Trait.SomeoneElse) != 0);
            }
            row += people;
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var runs = _operations.Select(operation => (operation.Key, operation.Value,
            Runs: operation.Value.Runs(options.LeastBefore, options.LeastAfter).ToList())).ToList();
        foreach (var (operation, answers, own) in runs)
        {
            // What an account's own holder is shown is no disclosure, however long.
            if (answers.ToOthers * 10 < answers.Answers * 9)
                continue;
            foreach (var run in own.Where(run => run.IsLonger && run.Ratio >= options.LeastRatio))
            {
                var elsewhere = runs.Count(
                    other => other.Key != operation && other.Runs.Any(r => IsAtOnce(r, run)));
                var isBothWays = runs.Any(other => other.Runs.Any(r => !r.IsLonger && IsAtOnce(r, run)));
                yield return Report(operation, run, isBothWays || elsewhere * 2 > runs.Count, elsewhere);
            }
        }
    }

    internal override int StateVersion => 2;

    public override void Save(BinaryWriter state)
    {
        state.Write(_operations.Count);
        foreach (var (operation, answers) in _operations)
        {
            state.WriteOperation(context.Catalog, operation);
            answers.Save(state);
        }
    }

    public override void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (operation, answers) = (state.ReadOperation(context.Catalog), OperationAnswers.Restore(state));
            if (operation > 0)
                _operations[operation] = answers;
        }
    }

    // One request that shows many is as many rows, side by side.
    private static int PeopleOf(AccessBatch batch, int row)
    {
        var people = 1;
        while (row + people < batch.Count && batch.File[row + people] == batch.File[row]
            && batch.Offset[row + people] == batch.Offset[row] && batch.Stream[row + people] == batch.Stream[row])
            people++;
        return people;
    }

    private static bool IsAtOnce(AnswerRun one, AnswerRun other) => Math.Abs(one.FromHour - other.FromHour) <= 24;

    private Finding Report(short operation, AnswerRun run, bool isRelease, int elsewhere)
    {
        var name = context.Catalog.Operations[operation].Name;
        var first = new EventTime(run.FromHour * EventTime.Hour);
        var last = new EventTime((run.ToHour + 1) * EventTime.Hour);
        // Where the two do not overlap the length itself says which answers are meant, in the hour of the change too.
        var edge = run.During.Quantile(0.005);
        var isApart = edge > run.Before.Quantile(0.995);
        var from = isApart ? first.Plus(-EventTime.Hour) : first;
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = isRelease ? Severity.Low : Severity.Medium,
            Raised = new EventTime((run.RaisedHour + 1) * EventTime.Hour),
            First = first,
            Last = last,
            Title = $"'{name}' answers with more than before, to everybody",
            Why = Text($"Nearly all of {run.During.Count:N0} answers are longer than nearly all of ")
                + Text($"{run.Before.Count:N0} before. A release may mean it so: who changed what is shown?"),
            Evidence =
            [
                new Evidence("bytes for each person shown, about", Bytes(run.During), Bytes(run.Before)),
                new Evidence("operations that changed at the same time", Text($"{elsewhere:N0}"), ""),
            ],
            ActorKind = "operation",
            ActorValue = name,
            Where = $"operation = {Literals.Text(name)} and time between '{from}' and '{last}'"
                + (isApart ? Text($" and bytes >= {Math.Floor(Sizes.LowOf(edge)):0}") : ""),
            Technique = "T1213",
        };
    }

    private static string Bytes(Sizes sizes) => Text($"{Sizes.LowOf(sizes.Quantile(0.5)):N0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
