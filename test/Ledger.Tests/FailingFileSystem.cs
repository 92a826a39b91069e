namespace WhoSaw.Ledger.Tests;

/// <summary>Lets so many durable steps succeed, then fails every further one.</summary>
/// <param name="persists">What fails has happened all the same.</param>
/// <param name="diskFull">Removing and shortening go on to work; otherwise nothing does, as after a power cut.</param>
internal sealed class FailingFileSystem(int allowed, bool persists, bool diskFull) : FileSystem
{
    private const int NoSpace = 28;

    /// <summary>One that never fails, and does not wait for the disk.</summary>
    public static FileSystem Quick => new FailingFileSystem(int.MaxValue, persists: true, diskFull: false);

    private int _steps;

    public override Stream Create(string path)
    {
        var fails = Step();
        if (fails && !persists)
            throw Full();
        return new FailingStream(this, base.Create(path), fails);
    }

    // What these tests ask is which steps were taken; to wait for a disk would only make them slow.
    public override void Sync(string path) => Do(() => { });

    public override void Rename(string from, string to) => Do(() => base.Rename(from, to));

    public override void SyncFolder(string path) => Do(() => { });

    public override void Replace(string from, string to) => Do(() => base.Replace(from, to));

    public override void Delete(string path) => Remove(() => base.Delete(path));

    private static IOException Full() => new("No space left on device", NoSpace);

    private bool Step() => Interlocked.Increment(ref _steps) > allowed;

    private void Remove(Action action)
    {
        if (diskFull)
            action();
        else
            Do(action);
    }

    private void Do(Action action)
    {
        var fails = Step();
        if (!fails || persists)
            action();
        if (fails)
            throw Full();
    }

    private sealed class FailingStream(FailingFileSystem files, Stream inner, bool fails) : Stream
    {
        private bool _began;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (fails || (!_began && files.Step()))
                throw Full();
            _began = true;
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
