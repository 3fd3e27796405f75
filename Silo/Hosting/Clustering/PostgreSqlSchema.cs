using Npgsql;

namespace CriAttach.Silo.Hosting.Clustering;

/// <summary>Makes the membership tables where they are missing, before the silo joins. Any number of silos may do so at once.</summary>
internal sealed class PostgreSqlSchema(string connectionString) : ILifecycleParticipant<ISiloLifecycle>
{
    // Any number will do, as long as all silos take the same.
    private const long LockId = 0x4372_6941_7474_6163;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PostgreSqlSchema), ServiceLifecycleStage.First, EnsureAsync);

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        await using (source.ConfigureAwait(false))
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await ExecuteAsync($"SELECT pg_advisory_xact_lock({LockId})", connection, cancellationToken).ConfigureAwait(false);
                    await ExecuteAsync(await ReadScriptAsync(cancellationToken).ConfigureAwait(false), connection, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string> ReadScriptAsync(CancellationToken cancellationToken)
    {
        var name = $"{typeof(PostgreSqlSchema).Namespace}.PostgreSqlMembership.sql";
        using var stream = typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
