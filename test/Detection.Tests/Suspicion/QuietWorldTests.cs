using System.Globalization;
using WhoSaw.Detection.Suspicion;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class QuietWorldTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1.0, "no issuer's log")]
    [InlineData(0.01, "an issuer's log that loses one in a hundred")]
    public void Ordinary_days_raise_nothing(double losses, string words)
    {
        var largest = Enumerable.Range(1, 20).Select(seed => LargestEvidence(seed, losses)).ToList();

        var threshold = new SuspicionOptions().Threshold;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{words}: the largest evidence of 20 worlds is {largest.Max():0.0}, ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"their median {largest.Order().ElementAt(10):0.0}; the threshold is {threshold:0.0}"));
        Assert.True(largest.Max() < threshold);
    }

    /// <summary>The highest threshold at which the world would have raised something, to half a unit.</summary>
    private static double LargestEvidence(int seed, double losses)
    {
        var shop = new Shop(seed) { Losses = losses }.Serve(1500);
        if (losses < 1)
            shop.World.WithIssuer();
        var (low, high) = (0.0, 32.0);
        while (high - low > 0.5)
        {
            var threshold = (low + high) / 2;
            shop.World.Options = new DetectionOptions
            {
                Suspicion = new SuspicionOptions { ObservationsPerYear = Math.Exp(threshold) },
            };
            if (shop.World.Findings().Any(finding => finding.Detector == "suspicion"))
                low = threshold;
            else
                high = threshold;
        }
        return high;
    }
}
