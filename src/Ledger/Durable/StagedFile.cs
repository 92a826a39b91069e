using System.Security.Cryptography;

namespace WhoSaw.Ledger;

/// <summary>A file on its way into the ledger: hashed while it is written, remembering the first failure.</summary>
internal sealed class StagedFile(Stream inner, string partPath) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _closed;

    /// <summary>What the storage said; native writers swallow exceptions of the streams they write to.</summary>
    public Exception? Failure { get; private set; }
    public string Sha256 { get; private set; } = "";
    public long Written { get; private set; }
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => Written;
    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            Failure ??= exception;
            throw;
        }
        _hash.AppendData(buffer);
        Written += buffer.Length;
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            Failure ??= exception;
            throw;
        }
    }

    /// <summary>Closes the file and fixes its digest; throws what the storage said while it was written.</summary>
    public void Complete()
    {
        try
        {
            if (Failure is null)
                inner.Flush();
            Dispose();
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            Failure ??= exception;
        }
        if (Failure is not null)
            throw LedgerException.From(Failure, partPath);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
            _hash.Dispose();
            try
            {
                inner.Dispose();
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                Failure ??= exception;
            }
        }
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
