namespace WhoSaw.Architecture.Tests;

public sealed class RoomTests
{
    /// <summary>The arrows that are allowed. One more is a commit of its own with a decision record.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Records"] = [],
        ["Merkle"] = [],
        ["Scenarios"] = [],
        ["Intake"] = ["Records"],
        ["Detection"] = ["Records"],
        ["Ledger"] = ["Records", "Merkle"],
        ["Scoping"] = ["Records", "Ledger"],
        ["Incidents"] = ["Records", "Scoping"],
        ["Cli"] = ["Records", "Merkle", "Scenarios", "Intake", "Detection", "Ledger", "Scoping", "Incidents"],
    };

    [Fact]
    public void Every_room_is_in_the_plan() =>
        Assert.All(Repository.Rooms, room => Assert.Contains(room.Name, Allowed.Keys));

    [Fact]
    public void No_arrow_is_drawn_that_the_plan_does_not_have() => Assert.All(Repository.Rooms, room =>
        Assert.All(room.References, reference => Assert.Contains(reference, Allowed[room.Name])));

    [Fact]
    public void The_table_of_the_architecture_page_is_what_the_projects_say()
    {
        var written = ArchitectureTable.Read(Repository.Text("docs/architecture.md"));
        var real = Repository.Rooms.ToDictionary(room => room.Name, room => room.References);
        Assert.Equal(real.Keys.Order(), written.Keys.Order());
        Assert.All(real, room => Assert.Equal(room.Value, written[room.Key]));
    }

    [Fact]
    public void The_vocabulary_and_the_proofs_need_no_package() =>
        Assert.All(Repository.Rooms.Where(room => room.Name is "Records" or "Merkle"),
            room => Assert.Empty(room.Packages));

    [Fact]
    public void Each_project_is_in_a_folder_of_its_name() => Assert.All(Repository.Projects, project =>
        Assert.EndsWith($"/{project.Name}/{project.Name}.csproj", project.Path, StringComparison.Ordinal));

    [Fact]
    public void Assembly_and_namespace_come_from_the_folder()
    {
        var common = Repository.Text("Directory.Build.props");
        Assert.Contains("<AssemblyName>WhoSaw.$(MSBuildProjectName)</AssemblyName>", common, StringComparison.Ordinal);
        Assert.Contains("<RootNamespace>WhoSaw.$(MSBuildProjectName)</RootNamespace>", common,
            StringComparison.Ordinal);
        // only the host's file is called as its command
        var renamed = Repository.Projects.Where(project => project.Property("AssemblyName") is not null);
        var host = Assert.Single(renamed);
        Assert.Equal("Cli", host.Name);
        Assert.Equal("whosaw", host.Property("AssemblyName"));
        Assert.All(Repository.Projects.Where(project => project.Name != "Cli"), project =>
            Assert.Null(project.Property("RootNamespace")));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Text("WhoSaw.slnx");
        Assert.All(Repository.Projects, project =>
            Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_host_and_the_benchmarks_may_use_the_console() => Assert.All(
        Repository.Projects.Where(project => project.Property("MayUseConsole") is not null),
        project => Assert.Equal("bench", project.Folder));

    [Fact]
    public void A_project_names_no_version() => Assert.All(Repository.Projects, project =>
        Assert.All(project.Xml.Descendants("PackageReference"), package => Assert.Null(package.Attribute("Version"))));

    [Fact]
    public void Every_project_has_its_lock_file() => Assert.All(Repository.Projects, project =>
        Assert.Contains($"{Path.GetDirectoryName(project.Path)}/packages.lock.json", Repository.Files(project.Folder)));
}
