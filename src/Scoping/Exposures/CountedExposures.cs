using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Columns;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Exposures that lie in memory, counted by <see cref="ExposureScan"/>.</summary>
internal sealed class CountedExposures : IExposureSet
{
    private readonly ScopeEngine _engine;
    private readonly ExposureParts _parts;
    private readonly PairCatalog _pairs;
    private readonly string _accountsFile;

    /// <param name="days">Since 1970; the indexes are those of the scan.</param>
    public CountedExposures(
        ScopeEngine engine, ExposureParts parts, IReadOnlyList<long> days, long refused, long absent,
        UnnamedTraffic unnamed)
    {
        (_engine, _parts) = (engine, parts);
        _pairs = new PairCatalog(parts.Pairs.All, engine.View.OthersByOperation);
        _accountsFile = engine.SpillFile("accounts");
        var sums = CountAll();
        Numbers = new ExposureNumbers
        {
            Totals = sums.Totals(parts.All.Sum(part => (long)part.DecoysTouched)),
            Operations = [.. _pairs.Names.Select(sums.Operation).Where(operation => operation.Views > 0)],
            AccountsByCategory = sums.ByCategory,
            PerDay = [.. days.Select((day, i) => (Day: day, Count: parts.Day(i))).Where(each => each.Count.Views > 0)
                .Select(each => new DayCount(
                    DateOnly.FromDateTime(new EventTime(each.Day * EventTime.Day).ToUtc().UtcDateTime),
                    each.Count.Accounts, each.Count.NewAccounts, each.Count.Views))],
            Refused = new TryCount(refused, parts.All.Sum(part => (long)part.Refused.Count)),
            Absent = new TryCount(absent, parts.All.Sum(part => (long)part.Absent.Count)),
            Unnamed = unnamed,
        };
    }

    public ExposureNumbers Numbers { get; }
    public FieldCatalog Fields => _pairs.Fields;

    public string AccountsSql()
    {
        if (!File.Exists(_accountsFile))
            AccountFile.Write(_accountsFile, Accounts());
        return $"read_parquet({Printer.Quote(_accountsFile)})";
    }

    public IEnumerable<ExposureRow> Rows()
    {
        var account = new CountedAccount(_pairs);
        foreach (var (part, head) in InOrder())
        {
            account.Read(_parts.All[part], head);
            foreach (var exposure in account.Exposures)
                yield return Row(account.Subject, null, exposure);
        }
        foreach (var (subject, id, place) in FromDictionary())
        {
            account.Read(_parts.All[place.Part], place.Head);
            foreach (var exposure in account.Exposures)
                yield return Row(subject, id, exposure);
        }
    }

    public void Dispose()
    {
        if (File.Exists(_accountsFile))
            File.Delete(_accountsFile);
    }

    private ExposureRow Row(long subject, string? id, CountedExposure exposure) => new(
        subject, id, _pairs.Names[exposure.Operation], exposure.Mask, exposure.First, exposure.Last, exposure.Views);

    private ExposureSums CountAll()
    {
        var each = new ExposureSums[_parts.All.Count];
        Parallel.For(0, each.Length, new ParallelOptions { MaxDegreeOfParallelism = _engine.Threads }, part =>
        {
            each[part] = new ExposureSums(_pairs);
            each[part].Add(_parts.All[part]);
        });
        return each.Aggregate(new ExposureSums(_pairs), (sum, part) => sum.Add(part));
    }

    private static IEnumerable<int> Heads(ExposurePart part) =>
        Enumerable.Range(1, part.Cells.Count).Where(number => part.Cells[number].IsHead);

    private IEnumerable<CountedAccount> Accounts()
    {
        var account = new CountedAccount(_pairs);
        foreach (var part in _parts.All)
            foreach (var head in Heads(part))
            {
                account.Read(part, head);
                yield return account;
            }
    }

    // The places of integer accounts, by number.
    private IEnumerable<(int Part, int Head)> InOrder()
    {
        var count = _parts.All.Sum(part => Heads(part).Count(head => part.Cells[head].Subject >= 0));
        var subjects = new long[count];
        var places = new long[count];
        var at = 0;
        foreach (var (part, number) in _parts.All.Select((part, number) => (part, number)))
            foreach (var head in Heads(part))
                if (part.Cells[head].Subject >= 0)
                    (subjects[at], places[at++]) = (part.Cells[head].Subject, ((long)number << 32) + head);
        Array.Sort(subjects, places);
        foreach (var place in places)
            yield return ((int)(place >> 32), (int)place);
    }

    private IEnumerable<(long Subject, string Id, (int Part, int Head) Place)> FromDictionary()
    {
        var left = _parts.All.Sum(part => Heads(part).LongCount(head => part.Cells[head].Subject < 0));
        if (left == 0)
            yield break;
        foreach (var (number, id) in _engine.Database.Rows("SELECT number, id FROM dictionary ORDER BY id", null,
                     row => (row.GetInt64(0), row.GetString(1))))
        {
            var part = ExposureParts.PartOf(number);
            var head = _parts.All[part].Cells.Find(number);
            if (head == 0)
                continue;
            left--;
            yield return (number, id, (part, head));
        }
        if (left != 0)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"the ledger's dictionary lacks the ids of {left} accounts"));
    }
}
