using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli.Scanning;
using WhoSaw.Detection;
using WhoSaw.Intake.Tailing;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// What a watch needs to go on after a crash, in <c>state/watch</c>. Positions are written before the commit whose
/// number they carry: when that commit did not come about, nobody asks for them. The state of detection is written
/// less often; with it stand the positions up to which it has seen the lines. All of it can be lost: then the
/// ledger's digests tell what was read.
/// </summary>
internal sealed class WatchState(string ledger)
{
    private const string Positions = "positions-", Detection = "detection-";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly string _folder = Path.Combine(ledger, "state", "watch");

    /// <summary>Of that commit; null when they are not there.</summary>
    public IReadOnlyList<TailPosition>? LoadPositions(int commit)
    {
        var path = PathOf(Positions, commit);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<List<TailPosition>>(File.ReadAllBytes(path), Json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void SavePositions(int commit, IReadOnlyList<TailPosition> positions)
    {
        StateFile.Write(PathOf(Positions, commit), file => JsonSerializer.Serialize(file, positions, Json));
        Drop(Positions, commit - 1);
    }

    public void SaveDetection(int commit, IReadOnlyList<TailPosition> positions, DetectorSet detectors)
    {
        StateFile.Write(PathOf(Detection, commit), file =>
        {
            var seen = JsonSerializer.SerializeToUtf8Bytes(positions, Json);
            file.Write(BitConverter.GetBytes(seen.Length));
            file.Write(seen);
            detectors.Save(file);
        });
        Drop(Detection, commit);
    }

    /// <summary>
    /// Takes up the newest state that is not newer than the commit; up to where it has seen each file, by the name in
    /// the records. Null when there is none that can be taken up.
    /// </summary>
    public IReadOnlyDictionary<string, long>? LoadDetection(int commit, DetectorSet detectors)
    {
        foreach (var (number, path) in Files(Detection).Where(file => file.Commit <= commit).OrderDescending())
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            try
            {
                var length = new byte[4];
                file.ReadExactly(length);
                var seen = new byte[Math.Clamp(BitConverter.ToInt32(length), 0, 1 << 28)];
                file.ReadExactly(seen);
                var positions = JsonSerializer.Deserialize<List<TailPosition>>(seen, Json)!;
                if (detectors.Restore(file))
                    return positions.GroupBy(position => position.File).ToDictionary(
                        group => group.Key, group => group.Max(position => position.Offset), StringComparer.Ordinal);
            }
            catch (Exception fault) when (fault is JsonException or EndOfStreamException)
            {
                // Cut off by a crash of the machine: one before it may be whole.
            }
        }
        return null;
    }

    private void Drop(string kind, int before)
    {
        foreach (var (commit, path) in Files(kind))
            if (commit < before)
                File.Delete(path);
    }

    private IEnumerable<(int Commit, string Path)> Files(string kind)
    {
        if (!Directory.Exists(_folder))
            yield break;
        foreach (var path in Directory.GetFiles(_folder, kind + "*"))
            if (int.TryParse(
                Path.GetFileName(path).AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
                yield return (n, path);
    }

    private string PathOf(string kind, int commit) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{kind}{commit:D6}"));
}
