namespace WhoSaw.Bench.Synthetic;

/// <summary>Draws a rank whose frequency falls as 1 / (rank + shift) (Zipf), from a table of 4,096 places.</summary>
public sealed class Ranks
{
    private const int Places = 4096;
    private readonly short[] _places = new short[Places];

    public Ranks(int count, double shift = 1)
    {
        var weights = new double[count];
        for (var rank = 0; rank < count; rank++)
            weights[rank] = 1 / (rank + shift);
        var total = weights.Sum();
        var place = 0;
        double reached = 0;
        for (var rank = 0; rank < count; rank++)
        {
            reached += weights[rank];
            // every rank keeps one place at least, as long as there are places
            var end = Math.Max(place + 1, (int)(reached / total * Places));
            for (; place < end && place < Places; place++)
                _places[place] = (short)rank;
        }
    }

    public int Draw(Dice dice) => _places[dice.Below(Places)];
}
