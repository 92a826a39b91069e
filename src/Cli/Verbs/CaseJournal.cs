using WhoSaw.Incidents.Cases;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary>The cases of a ledger: read out of its journal, and written into it.</summary>
internal sealed class CaseJournal(string directory, Host host)
{
    public string Directory => directory;

    public EventTime Now => EventTime.From(host.Clock.GetUtcNow());

    public IReadOnlyList<Case> Read() => CasesOf(LedgerJournal.Read(directory));

    /// <summary>Null, after saying so, when there is no such case.</summary>
    public Case? Find(string id)
    {
        var cases = Read();
        var found = cases.FirstOrDefault(each => string.Equals(each.Id, id, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            host.Fail(ExitStatus.Usage, $"there is no case {id} in this ledger; it has "
                + (cases.Count == 0 ? "none" : string.Join(", ", cases.Select(each => each.Id))));
        return found;
    }

    /// <summary>
    /// Records an event of a case that is open; durable when this returns. Null, after saying why, when it may not be
    /// recorded. Number, id, times of recording and exercise are filled in here.
    /// </summary>
    public Case? Add(Case incident, params CaseEvent[] events)
    {
        IReadOnlyList<string> faults = [];
        Case? after = null;
        LedgerJournal.Append(directory, LedgerKeys.Options(), entries =>
        {
            // Somebody else may have added an event since the case was read.
            var current = CasesOf(entries).First(each => each.Id == incident.Id);
            var added = new List<JournalEntry>();
            foreach (var each in events)
            {
                var complete = Complete(each, current.Id, current.Events.Count + 1, current.IsDrill);
                faults = CaseRules.Faults(current, complete);
                if (faults.Count > 0)
                    return [];
                current = current.With(complete);
                added.Add(EntryOf(complete));
            }
            after = current;
            return added;
        });
        if (after is null)
            host.Fail(ExitStatus.Usage, faults);
        return after;
    }

    /// <summary>Whether an event might be recorded now; says why not. Records nothing.</summary>
    public bool MayAdd(Case incident, CaseEvent each)
    {
        var complete = Complete(each, incident.Id, incident.Events.Count + 1, incident.IsDrill);
        var faults = CaseRules.Faults(incident, complete);
        if (faults.Count > 0)
            host.Fail(ExitStatus.Usage, faults);
        return faults.Count == 0;
    }

    /// <summary>Opens a case: a hold over everything first, then the opening and the first sign.</summary>
    public Case? Open(CaseEvent opened, IReadOnlyList<CaseEvent> more, bool drill)
    {
        var first = Complete(opened, Case.NextId(Read(), drill), 1, drill);
        var incident = Case.Begin(first);
        var faults = CaseRules.Faults(null, first).ToList();
        for (var i = 0; i < more.Count; i++)
            faults.AddRange(CaseRules.Faults(incident, Complete(more[i], first.Case, 2, drill)));
        if (faults.Count > 0)
        {
            host.Fail(ExitStatus.Usage, faults.Distinct());
            return null;
        }
        var hold = Holds.Place(
            directory, LedgerKeys.Options(), null, null, null, "an incident's case was opened", opened.By, Now);
        LedgerJournal.Append(directory, LedgerKeys.Options(), entries =>
        {
            incident = Case.Begin(Complete(opened, Case.NextId(CasesOf(entries), drill), 1, drill) with
            {
                Evidence = ["hold:" + hold, .. opened.Evidence],
            });
            foreach (var each in more)
                incident = incident.With(Complete(each, incident.Id, incident.Events.Count + 1, drill));
            return [.. incident.Events.Select(EntryOf)];
        });
        return incident;
    }

    private CaseEvent Complete(CaseEvent each, string id, int number, bool drill) =>
        each with { Case = id, Number = number, Recorded = Now, Drill = drill };

    private static IReadOnlyList<Case> CasesOf(IReadOnlyList<JournalEntry> entries)
    {
        try
        {
            return Case.All(entries.OfType<CaseEventRecorded>().Select(EventOf));
        }
        catch (FormatException fault)
        {
            throw new LedgerException($"The journal's cases cannot be read: {fault.Message}.", fault);
        }
    }

    private static CaseEvent EventOf(CaseEventRecorded entry) => new()
    {
        Case = entry.Case,
        Number = entry.Number,
        Kind = new CaseEventKind(entry.Kind),
        At = entry.At,
        Recorded = entry.Time ?? entry.At,
        By = entry.By,
        Evidence = entry.Evidence,
        Version = entry.Version,
        Duties = entry.Duties ?? [],
        Facts = entry.Facts ?? new Dictionary<string, string>(),
        Note = entry.Note,
        Drill = entry.Drill,
    };

    private static CaseEventRecorded EntryOf(CaseEvent each) =>
        new(each.Case, each.Number, each.Kind.Name, each.At, each.By, each.Evidence)
        {
            Time = each.Recorded,
            Version = each.Version,
            Duties = each.Duties.Count == 0 ? null : each.Duties,
            Facts = each.Facts.Count == 0 ? null
                : new SortedDictionary<string, string>(each.Facts.ToDictionary(), StringComparer.Ordinal),
            Note = each.Note,
            Drill = each.Drill,
        };
}
