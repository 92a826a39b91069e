using System.Globalization;
using WhoSaw.Bench.Synthetic;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Bench.Scopes;

/// <summary>
/// A ledger with one large theft, in the proportions of the documented one: of 200 records 148 views of 33.7
/// accounts by a stolen key over 209 days from 2,313 addresses, 20 tries at members who do not exist, and 32 of
/// people who look at their own. Written through the ledger's own writer.
/// </summary>
public sealed class TheftLedger
{
    public const string StolenKey = "k-backup-2024-04";
    private const int Days = 209;
    private const long Start = 1_744_934_400_000_000;
    private readonly long _records;
    private readonly long _accounts;
    private readonly Catalog _catalog = new([
        new Operation("addresses", [new("name"), new("phone"), new("address")], 20),
        new Operation("orders", [new("order-history")]),
        new Operation("address-edit", [new("name"), new("phone"), new("address"), new("entrance-code")], 1),
        new Operation("profile", [new("name"), new("email")]),
    ]);

    private readonly Dice _dice = new(1);
    private readonly Symbol[] _thieves;
    private readonly Symbol[] _homes;
    private readonly Symbol[] _agents;
    private readonly Symbol _stolen;
    private readonly Symbol _own;
    private readonly Symbol _get;
    private long _views;

    private TheftLedger(long records)
    {
        _records = records;
        _accounts = records * 337 / 2000;
        _catalog.AddFile(_catalog.AddStream(_catalog.AddSource("gateway"), "gw1"), "logs/gw1.log");
        Symbol[] Texts(int count, Func<int, string> text) =>
            [.. Enumerable.Range(0, count).Select(i => _catalog.Symbols.Intern(text(i)))];
        _thieves = Texts(2313, i => string.Create(CultureInfo.InvariantCulture, $"198.51.{i / 250}.{i % 250}"));
        _homes = Texts(200_000, i => string.Create(CultureInfo.InvariantCulture, $"10.{i >> 16}.{i >> 8 & 255}.{i & 255}"));
        _agents = Texts(300, i => $"Mozilla/5.0 (Linux; Android 14; SM-{i}) AppleWebKit/537.36 (KHTML, like Gecko) Mobile");
        (_stolen, _own) = (_catalog.Symbols.Intern(StolenKey), _catalog.Symbols.Intern("k-2025-01"));
        _get = _catalog.Symbols.Intern("GET");
    }

    public static void Make(string folder, long records, ILedgerSigner signer)
    {
        var made = new TheftLedger(records);
        using var writer = LedgerWriter.Open(
            folder, made._catalog, new LedgerOptions { Signer = signer, SegmentRows = 1 << 20 });
        var batch = new AccessBatch();
        for (long i = 0; i < records; i++)
        {
            batch.Add(made.Next(i), default);
            if (!batch.IsFull)
                continue;
            writer.Append(batch);
            batch.Clear();
        }
        writer.Append(batch);
        writer.Commit([], []);
    }

    private AccessRecord Next(long i)
    {
        var kind = _dice.Below(200);
        var record = new AccessRecord
        {
            Time = new EventTime(Start + (long)((double)i / _records * Days * EventTime.Day)),
            Offset = i * 240,
            Kind = RecordKind.Access,
            Status = 200,
            Bytes = 500 + _dice.Below(3000),
            Agent = _agents[_dice.Below(_agents.Length)],
            Method = _get,
            Outcome = Outcome.Disclosed,
            Credential = _dice.Next(),
        };
        if (kind < 168)
            Steal(ref record, kind < 148);
        else
            LookAtOwn(ref record);
        return record;
    }

    // The ids of those who exist lie among others of nobody: 43 of 100 are somebody's.
    private static long IdOf(long account) => account * 100 / 43;

    private void Steal(ref AccessRecord record, bool exists)
    {
        record.Client = _thieves[_dice.Below(_thieves.Length)];
        record.Key = _stolen;
        record.Operation = (short)(_dice.Below(100) switch { < 97 => 1, < 99 => 2, _ => 3 });
        record.Traits = Trait.FirstPage | Trait.Unissued;
        if (exists)
        {
            // every account in turn, in an order that looks like none
            record.Subject = new SubjectId(IdOf((long)((UInt128)_views++ * 2_654_435_761 % (ulong)_accounts)));
        }
        else
        {
            record.Subject = new SubjectId(IdOf((long)(_dice.Unit() * _accounts)) + 1);
            (record.Outcome, record.Status) = (Outcome.Absent, 404);
        }
        record.Account = record.Subject;
    }

    private void LookAtOwn(ref AccessRecord record)
    {
        var account = (long)(_dice.Unit() * _accounts);
        record.Client = _homes[(int)(account % _homes.Length)];
        record.Key = _own;
        record.Operation = (short)(_dice.Below(2) == 0 ? 4 : 2);
        record.Subject = record.Account = new SubjectId(IdOf(account));
    }
}
