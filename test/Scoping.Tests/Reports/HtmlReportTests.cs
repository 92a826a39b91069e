using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Tests.Reports;
using Xunit;

namespace WhoSaw.Scoping.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly Language[] Both = [Language.English, Language.Korean];
    private static readonly (string Name, ScanStory Story)[] Stories =
    [
        ("theft", ForgedPassStory.Whole),
        ("quiet", ForgedPassStory.Quiet),
        ("unconfigured", ForgedPassStory.Unconfigured),
        ("long", LongStory()),
    ];

    [Fact]
    public void Every_report_is_well_formed_and_lies_beside_the_tests_to_be_looked_at()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Reports", "Actual")).FullName;
        foreach (var (name, story) in Stories)
            foreach (var language in Both)
            {
                var html = Write(story, language);
                File.WriteAllText(Path.Combine(folder, $"{name}.{language.Code()}.html"), html);
                Assert.Equal("html", Parse(html).Root!.Name.LocalName);
            }
    }

    [Fact]
    public void Every_number_of_the_story_appears()
    {
        var finding = ForgedPassStory.Theft();
        long[] numbers =
        [
            ForgedPassStory.Whole.Lines, finding.Accounts, finding.People!.Value, finding.Views, 48, 96,
            .. finding.PerDay.SelectMany(day => new[] { day.Accounts, day.NewAccounts, day.Views }),
            .. finding.Operations.SelectMany(row => new[] { row.Accounts, row.Views }),
            .. finding.Categories.SelectMany(row => new[] { row.Accounts, row.Views }),
            finding.Canaries!.Touched, finding.Canaries.Planted, finding.Canaries.Estimate, finding.Canaries.Low,
            .. finding.Breadth!.Points.Select(point => (long)point.People),
            .. ForgedPassStory.Whole.Sources.SelectMany(source => new[] { source.Size, source.Lines, source.Records }),
        ];
        foreach (var language in Both)
        {
            var text = Parse(Write(ForgedPassStory.Whole, language)).Root!.Value;
            Assert.All(numbers, number =>
                Assert.Contains(number.ToString("N0", CultureInfo.InvariantCulture), text, StringComparison.Ordinal));
            Assert.All(ForgedPassStory.Whole.Sources, source =>
                Assert.Contains(source.Sha256, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Hostile_text_out_of_a_log_stays_text()
    {
        const string Hostile = "<script>alert(1)</script>\"'&\u0000\u001b[2J\u202e";
        var theft = ForgedPassStory.Theft();
        var story = ForgedPassStory.Whole with
        {
            Findings =
            [
                theft with
                {
                    Finding = theft.Finding with { Title = Hostile, Where = Hostile, Why = Hostile },
                    Who = [Hostile],
                    Evidence = [new Evidence(Hostile, "57 % " + Hostile, Hostile)],
                    Breadth = new BreadthStory("day", 10, [new BreadthPoint(Hostile, 3, true)]),
                    Gaps = [ForgedPassStory.Gap with { Stream = Hostile }],
                },
            ],
            Notices = [Hostile],
            LedgerPath = Hostile,
            Coverage = [new CoverageDay(Hostile, new DateOnly(2025, 4, 11), 3, 0)],
            Sources = [new SourceStory(Hostile, Hostile, Hostile, 1, Hostile, 1, 1, 0)],
        };
        foreach (var language in Both)
        {
            var html = Write(story, language);
            Assert.Single(Parse(html).Descendants("script"));
            Assert.DoesNotContain(Parse(html).Descendants().Attributes(),
                attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            Assert.DoesNotContain('\u001b', html);
            Assert.DoesNotContain('\u202e', html);
        }
    }

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        foreach (var (_, story) in Stories)
        {
            var html = Write(story, Language.English);
            Assert.DoesNotMatch(new Regex("https?://|url\\(|@import|<(img|link|iframe|object|embed)\\b"), html);
            Assert.DoesNotContain(Parse(html).Descendants().Attributes(),
                attribute => attribute.Name.LocalName is "src" or "href");
        }
    }

    [Fact]
    public void The_same_story_gives_the_same_bytes_however_long_the_scan_took()
    {
        foreach (var language in Both)
            Assert.Equal(Write(ForgedPassStory.Whole, language),
                Write(ForgedPassStory.Whole with { Seconds = 77 }, language));
    }

    [Fact]
    public void Every_drawing_has_a_name_and_a_table()
    {
        var root = Parse(Write(ForgedPassStory.Whole, Language.English)).Root!;
        var drawings = root.Descendants("svg").ToList();
        Assert.Equal(4, drawings.Count);
        Assert.All(drawings, drawing => Assert.NotEmpty(drawing.Attribute("aria-label")!.Value));
        Assert.All(root.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
    }

    /// <summary>209 days, 70 streams, no curve of evidence, people only bounded.</summary>
    private static ScanStory LongStory()
    {
        var first = new DateOnly(2025, 4, 11);
        var theft = ForgedPassStory.Theft();
        var end = ForgedPassStory.At(11, 0, 0).Plus(208 * EventTime.Day);
        return ForgedPassStory.Whole with
        {
            Last = end,
            Findings =
            [
                theft with
                {
                    Finding = theft.Finding with { Last = end },
                    Accounts = 33_699_996,
                    People = null,
                    PeopleBounds = (33_699_996, 707_700_714),
                    Views = 141_000_000,
                    Suspicion = null,
                    PerDay = [.. Enumerable.Range(0, 209).Select(i => new DayCount(first.AddDays(i),
                        160_000 + i * 131 % 9_000, 161_244, 670_000))],
                },
            ],
            Coverage = [.. Enumerable.Range(1, 70).SelectMany(stream => Enumerable.Range(0, 209).Select(i =>
                new CoverageDay($"gw{stream}", first.AddDays(i), 4_000_000 + 10_007 * ((i * stream) % 91),
                    stream == 66 && i == 30 ? 47 : 0)))],
        };
    }

    private static string Write(ScanStory story, Language language)
    {
        using var text = new StringWriter { NewLine = "\n" };
        HtmlReport.Write(text, story, language);
        return text.ToString();
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
