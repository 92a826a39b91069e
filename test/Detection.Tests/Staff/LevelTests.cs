using WhoSaw.Detection.Staff;

namespace WhoSaw.Detection.Tests.Staff;

public sealed class LevelTests
{
    // Tables of Student's distribution, one-sided.
    [Theory]
    [InlineData(6.314, 1, 0.05)]
    [InlineData(2.920, 2, 0.05)]
    [InlineData(3.182, 3, 0.025)]
    [InlineData(2.776, 4, 0.025)]
    [InlineData(5.893, 5, 0.001)]
    [InlineData(4.587, 10, 0.0005)]
    [InlineData(3.646, 30, 0.0005)]
    public void The_tail_is_that_of_the_tables(double t, int degrees, double chance) =>
        Assert.Equal(chance, Level.TailOfStudent(t, degrees), chance / 100);

    [Fact]
    public void Two_colleagues_say_nothing() => Assert.Equal(1, Level.ChanceOf(1_000_000, [80, 81], 0.12));

    [Fact]
    public void The_more_colleagues_there_are_and_the_more_alike_the_less_it_takes()
    {
        int[] alike = [70, 75, 80, 85, 90, 78, 82, 77, 88, 81, 79];

        Assert.True(Level.ChanceOf(320, alike, 0.12) < 1e-5);
        Assert.True(Level.ChanceOf(320, [.. alike.Take(4)], 0.12) > 1e-4);
        Assert.True(Level.ChanceOf(320, [20, 40, 80, 160, 320, 30, 60, 90, 120, 70, 50], 0.12) > 0.01);
        Assert.Equal(1, Level.ChanceOf(70, alike, 0.12));
    }
}
