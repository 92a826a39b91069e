using ParquetSharp;
using WhoSaw.Records;
using TextEncoding = System.Text.Encoding;

namespace WhoSaw.Ledger;

/// <summary>The tables about subjects: the ids behind their numbers, their status, the people behind them.</summary>
internal static class SubjectTables
{
    private const int GroupRows = 1 << 17;

    /// <summary>Ids that are new since <paramref name="known"/> numbers were stored.</summary>
    public static FileStamp WriteDictionary(Staging staging, string name, SubjectDictionary subjects, int known)
    {
        var rows = new Chunk();
        return Write(staging, name, rows, Ids(subjects, known), scratch =>
        [
            new LongColumn("number", scratch, rows.Numbers),
            new TextColumn("id", scratch, Chunk.TextKeys, rows.Text) { Required = true },
        ]);
    }

    public static FileStamp WriteAccounts(
        Staging staging, string name, IEnumerable<(SubjectId Account, AccountStatus Status)> accounts)
    {
        var rows = new Chunk();
        var statuses = Enum.GetNames<AccountStatus>()
            .Select(status => TextEncoding.UTF8.GetBytes(status.ToLowerInvariant())).ToArray();
        var values = accounts.Select(each => (each.Account.Value, "", (int)each.Status));
        return Write(staging, name, rows, values, scratch =>
        [
            new LongColumn("account", scratch, rows.Numbers),
            new TextColumn("status", scratch, rows.SmallKeys, key => statuses[key - 1])
            {
                Required = true, DictionaryShare = 1,
            },
        ]);
    }

    public static FileStamp WritePeople(
        Staging staging, string name, IEnumerable<(SubjectId Account, string Person, int Position)> people)
    {
        var rows = new Chunk();
        var values = people.Select(each => (each.Account.Value, each.Person, each.Position));
        return Write(staging, name, rows, values, scratch =>
        [
            new LongColumn("account", scratch, rows.Numbers),
            new TextColumn("person", scratch, Chunk.TextKeys, rows.Text) { Required = true },
            new LongColumn("position", scratch, rows.Smalls) { Narrow = true, DictionaryShare = 1 },
        ]);
    }

    /// <summary>Gives every stored id its number again; throws when that is not the number that was stored.</summary>
    public static void LoadDictionary(string directory, string name, SubjectDictionary subjects)
    {
        foreach (var (number, id) in ReadDictionary(Path.Combine(directory, name)))
            if (subjects.Resolve(id).Value != number)
                throw new LedgerException($"The ledger is corrupt: {name} does not fit the numbers before it.");
    }

    private static IEnumerable<(long Number, string Id)> ReadDictionary(string path)
    {
        using var reader = new ParquetFileReader(path);
        for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            using var numbers = rows.Column(0).LogicalReader<long>();
            using var ids = rows.Column(1).LogicalReader<string>();
            var count = (int)rows.MetaData.NumRows;
            foreach (var row in numbers.ReadAll(count).Zip(ids.ReadAll(count)))
                yield return row;
        }
    }

    // An id that is not UTF-8 is stored with U+FFFD for what is not; its number is added so that no two ids become one.
    private static IEnumerable<(long, string, int)> Ids(SubjectDictionary subjects, int known)
    {
        for (var index = known + 1; index <= subjects.Count; index++)
        {
            var number = new SubjectId(-index);
            var text = subjects.Text(number);
            if (subjects.Find(text) != number)
                text = $"{text}#{index}";
            while (subjects.Find(text) is { IsNone: false } other && other != number)
                text += "#";
            yield return (number.Value, text, 0);
        }
    }

    private static FileStamp Write(
        Staging staging,
        string name,
        Chunk chunk,
        IEnumerable<(long Number, string Text, int Small)> rows,
        Func<TableScratch, IReadOnlyList<TableColumn>> columns)
    {
        var file = staging.Create(name);
        var scratch = new TableScratch(GroupRows);
        using var each = rows.GetEnumerator();
        chunk.Fill(each);
        chunk.Turn();
        using var table = new TableWriter(file, name, columns(scratch), chunk.Count);
        var written = 0L;
        for (; chunk.Count > 0; chunk.Turn())
        {
            var writing = Task.Run(() => table.WriteGroup(0, chunk.Count));
            try
            {
                chunk.Fill(each);
            }
            finally
            {
                // whatever came of the one, the other still has the table
                Task.WhenAny(writing).GetAwaiter().GetResult();
            }
            writing.GetAwaiter().GetResult();
            written += chunk.Count;
        }
        table.Complete();
        return new FileStamp(name, file.Sha256, file.Written, written);
    }

    /// <summary>
    /// One row group on its way from an enumeration, and the next: that one is read while this one is encoded.
    /// </summary>
    private sealed class Chunk
    {
        private Group _this = new();
        private Group _next = new();

        private sealed class Group
        {
            public readonly long[] Numbers = new long[GroupRows];
            public readonly byte[][] Texts = new byte[GroupRows][];
            public readonly int[] Smalls = new int[GroupRows];
            public int Count;
        }

        public int Count => _this.Count;

        /// <summary>Reads the next group.</summary>
        public void Fill(IEnumerator<(long Number, string Text, int Small)> rows)
        {
            var count = 0;
            for (; count < GroupRows && rows.MoveNext(); count++)
            {
                var (number, text, small) = rows.Current;
                _next.Numbers[count] = number;
                _next.Texts[count] = text.Length == 0 ? [] : TextEncoding.UTF8.GetBytes(text);
                _next.Smalls[count] = small;
            }
            _next.Count = count;
        }

        /// <summary>The next group takes the place of this one.</summary>
        public void Turn() => (_this, _next) = (_next, _this);

        public void Numbers(int start, Span<long> into) => _this.Numbers.AsSpan(start, into.Length).CopyTo(into);

        public ReadOnlySpan<byte> Text(int key) => _this.Texts[key - 1];

        public static void TextKeys(int start, Span<int> keys)
        {
            for (var i = 0; i < keys.Length; i++)
                keys[i] = start + i + 1;
        }

        public void SmallKeys(int start, Span<int> keys)
        {
            for (var i = 0; i < keys.Length; i++)
                keys[i] = _this.Smalls[start + i] + 1;
        }

        public void Smalls(int start, Span<long> into)
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = _this.Smalls[start + i];
        }
    }
}
