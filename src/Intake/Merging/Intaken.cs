using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Merging;

/// <summary>
/// Where blocks leave what is not a row, and where their own numbers become those of the catalog. Merging thread only.
/// </summary>
internal sealed class Intaken(Catalog catalog, StreamTotals totals, RejectSink rejects)
{
    private int[] _symbols = [];
    private long[] _subjects = [];

    // Kept from block to block: most are out of order, and these were half of what the collector had to do.
    private (long Time, int Row)[] _keys = [];
    private AccessRecord[] _sorted = [];

    public long Lines { get; private set; }

    public void Take(InputFile file, FileTally tally, RecordBlock block)
    {
        block.Totals.AddTo(totals, file.Stream);
        block.ForEachReject(file.Index, rejects);
        tally.Lines += block.Lines;
        tally.Records += block.Records;
        tally.Rejects += block.Rejects;
        tally.Blank += block.Blank;
        tally.BytesParsed += block.BytesParsed;
        tally.BytesRejected += block.BytesRejected;
        tally.BytesBlank += block.BytesBlank;
        tally.SubjectsLeft += block.SubjectsLeft;
        Lines += block.Lines;
        if (block.First == EventTime.Latest)
            return;
        if (tally.First is null || block.First < tally.First)
            tally.First = block.First;
        if (tally.Last is null || block.Last > tally.Last)
            tally.Last = block.Last;
    }

    /// <summary>Gives the rows of a block the catalog's numbers; true when they are in order of time.</summary>
    public bool Renumber(InputFile file, RecordBlock block)
    {
        var symbols = block.Symbols;
        if (_symbols.Length < symbols.Count)
        {
            _symbols = new int[symbols.Count * 2];
            _subjects = new long[symbols.Count * 2];
        }
        Array.Clear(_symbols, 0, symbols.Count);
        Array.Clear(_subjects, 0, symbols.Count);
        catalog.Symbols.Warm(symbols.Hashes[1..]);
        var sorted = true;
        var before = EventTime.Earliest;
        for (var at = 0; at < block.Count; at++)
        {
            ref var row = ref block.Rows[at];
            row.File = file.Index;
            row.Stream = (short)file.Stream;
            row.Client = Global(row.Client, symbols);
            row.Agent = Global(row.Agent, symbols);
            row.Key = Global(row.Key, symbols);
            row.Principal = Global(row.Principal, symbols);
            row.Method = Global(row.Method, symbols);
            row.Target = Global(row.Target, symbols);
            row.Account = Global(row.Account, symbols);
            row.Subject = Global(row.Subject, symbols);
            sorted &= before <= row.Time;
            before = row.Time;
        }
        return sorted;
    }

    /// <summary>Puts the rows in order of time; those of one time stay in their order.</summary>
    public void Sort(RecordBlock block)
    {
        if (_sorted.Length < block.Count)
            (_keys, _sorted) = (new (long, int)[block.Count * 2], new AccessRecord[block.Count * 2]);
        for (var row = 0; row < block.Count; row++)
            _keys[row] = (block.Rows[row].Time.Microseconds, row);
        _keys.AsSpan(0, block.Count).Sort();
        for (var row = 0; row < block.Count; row++)
            _sorted[row] = block.Rows[_keys[row].Row];
        _sorted.AsSpan(0, block.Count).CopyTo(block.Rows);
    }

    private Symbol Global(Symbol local, LocalSymbols symbols)
    {
        if (local.IsNone)
            return local;
        ref var known = ref _symbols[local.Index];
        if (known == 0)
            known = catalog.Symbols.Intern(symbols[local.Index], symbols.Hashes[local.Index]).Index;
        return new Symbol(known);
    }

    private SubjectId Global(SubjectId local, LocalSymbols symbols)
    {
        if (!local.IsFromDictionary)
            return local;
        ref var known = ref _subjects[-local.Value];
        if (known == 0)
            known = catalog.Subjects.Resolve(symbols[(int)-local.Value]).Value;
        return new SubjectId(known);
    }
}
