using System.Globalization;

namespace WhoSaw.Detection.Limits;

/// <summary>A bound on what is remembered. Nothing is forgotten in silence: a run says which it reached.</summary>
/// <param name="name">Of the bound, the same in every run.</param>
/// <param name="consequence">What cannot be told any more; behind the number of what was passed over.</param>
public sealed class MemoryLimit(string name, string consequence, long most)
{
    public string Name => name;
    public long Most => most;

    /// <summary>What was not remembered, or was forgotten.</summary>
    public long PassedOver { get; private set; }

    /// <summary>For people; null while the bound was not reached.</summary>
    public string? Sentence => PassedOver == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"The limit of {most:N0} {name} was reached: {PassedOver:N0} {consequence}; all are recorded.");

    /// <summary>True when there is no room beside so many: one more is passed over.</summary>
    internal bool Refuses(long count)
    {
        if (count < most)
            return false;
        PassedOver++;
        return true;
    }

    internal void Forget(long count) => PassedOver += count;
}
