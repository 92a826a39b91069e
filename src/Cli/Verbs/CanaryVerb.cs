using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhoSaw.Cli.Pages;
using WhoSaw.Detection.Canaries;
using WhoSaw.Intake.Directories;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw canary plan</c>: where to plant decoys, and what they buy.</summary>
internal sealed class CanaryVerb(Host host)
{
    private const int AccountsADecoy = 1000;

    /// <param name="Count">Decoys in all; 0: the usual share.</param>
    /// <param name="Seed">Null: nobody can foresee the choice.</param>
    public sealed record Request(
        string? Accounts, string? Configuration, int Count, string? Except, string? Output, ulong? Seed);

    public int Plan(Request request)
    {
        if (PathOf(request) is not { } path)
            return ExitStatus.Usage;
        var (directory, rows, faults) = AccountsFile.Read(path, new SubjectDictionary());
        if (faults.Count > 0)
            return host.Fail(ExitStatus.Usage, faults.Select(fault => fault.ToString()));
        var real = directory.Count - directory.Canaries;
        if (real < 2)
            return host.Fail(ExitStatus.Usage, $"{path} lists {real} accounts: decoys hide among others");
        var taken = new SortedSet<long>(rows.Where(row => row.Account.Value >= 0).Select(row => row.Account.Value));
        if (taken.Count < 2)
            return host.Fail(ExitStatus.Usage,
                "the ids of the accounts are no integers, so no free id can be guessed: make "
                + $"{Wanted(request, real):N0} accounts that nobody owns as customers are made, spread over the years");
        if (request.Except is { } except && !AddExceptions(except, taken))
            return ExitStatus.Usage;
        var more = Math.Max(0, Wanted(request, real) - directory.Canaries);
        if (more > taken.Count - 1)
            return host.Fail(ExitStatus.Usage, $"{more:N0} decoys among {real:N0} accounts: at most one an account");
        var decoys = DecoyPlan.Choose([.. taken], more, Dice(request.Seed));
        if (decoys.Count > 0 && request.Output is { } output && !Write(output, decoys))
            return ExitStatus.Usage;
        DecoyPage.Write(new PageWriter(host.Page()), path, real, directory.Canaries, more, decoys.Count,
            request.Output);
        return ExitStatus.Nothing;
    }

    private static int Wanted(Request request, int accounts) =>
        request.Count > 0 ? request.Count : Math.Max(1, accounts / AccountsADecoy);

    private string? PathOf(Request request)
    {
        if (request.Configuration is null)
            return request.Accounts;
        var (configuration, faults) = ConfigurationFile.Load(request.Configuration);
        if (configuration?.AccountsPath is { } path)
            return path;
        host.Fail(ExitStatus.Usage, configuration is null
            ? faults.Select(fault => fault.ToString())
            : [$"{request.Configuration} names no accounts: a line 'accounts: members.csv' is missing"]);
        return null;
    }

    private bool AddExceptions(string path, SortedSet<long> taken)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Trim() is not { Length: > 0 } text)
                continue;
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                host.Fail(ExitStatus.Usage, $"{path}:{number}: an id is an integer, one a line");
                return false;
            }
            taken.Add(id);
        }
        return true;
    }

    private bool Write(string path, IReadOnlyList<long> decoys)
    {
        if (File.Exists(path))
        {
            host.Fail(ExitStatus.Usage, $"{path} exists and was left alone");
            return false;
        }
        using var file = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
        file.WriteLine("account,status");
        foreach (var decoy in decoys)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decoy},canary"));
        return true;
    }

    // A choice that can be repeated is made by a cipher of the seed; any other by the system.
    private static Func<long, long> Dice(ulong? seed)
    {
        if (seed is not { } known)
            return limit => (long)Math.BigMul(Random64(), (ulong)limit, out _);
        var drawn = 0UL;
        return limit =>
        {
            Span<byte> block = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(block, known);
            BinaryPrimitives.WriteUInt64LittleEndian(block[8..], drawn++);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(block, digest);
            return (long)Math.BigMul(BinaryPrimitives.ReadUInt64LittleEndian(digest), (ulong)limit, out _);
        };
    }

    private static ulong Random64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
