using CriAttach.Interfaces.Containers;

namespace CriAttach.Silo.State;

/// <summary>What a container is now, in memory and on disk. Changes are made one at a time and are on disk when <see cref="Change"/> returns.</summary>
internal sealed class ContainerLedger(ContainerFolder folder, ContainerRecord record)
{
    private readonly Lock _lock = new();
    private ContainerRecord _record = record;
    private bool _closed;

    /// <summary>Gets the record.</summary>
    public ContainerRecord Record => Volatile.Read(ref _record);

    /// <summary>Gets what anyone may see.</summary>
    public ContainerInfo Info => Record.Info;

    /// <summary>Gets the container's directory.</summary>
    public ContainerFolder Folder => folder;

    /// <summary>Changes the record. A change that changes nothing is not written.</summary>
    /// <returns>The record as it then is.</returns>
    public ContainerRecord Change(Func<ContainerRecord, ContainerRecord> change)
    {
        lock (_lock)
        {
            var next = change(_record);
            if (!ReferenceEquals(next, _record))
            {
                Volatile.Write(ref _record, next);
                if (!_closed)
                {
                    folder.Save(next);
                }
            }

            return next;
        }
    }

    /// <summary>Changes what anyone may see.</summary>
    public void ChangeInfo(Func<ContainerInfo, ContainerInfo> change) => Change(record => record with { Info = change(record.Info) });

    /// <summary>Removes the directory; later changes are kept in memory only.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            _closed = true;
            folder.Delete();
        }
    }
}
