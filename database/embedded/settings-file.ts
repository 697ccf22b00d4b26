import { freemem, totalmem } from 'node:os'

export type Listening = { socketFolder: string } | { loopbackPort: number }

const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024)
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** postgresql.conf, written anew at each start. What an administrator changes by ALTER SYSTEM wins over it. */
export function settingsFile(listening: Listening, options: { name: string; durable: boolean }): string {
  const memory = mebibytes(totalmem())
  const roomy = memory >= 4096 && mebibytes(freemem()) >= 1024
  const settings: Record<string, string> = {
    ...listen(listening),
    cluster_name: quoted(options.name),
    max_connections: '100',
    shared_buffers: roomy ? '256MB' : '128MB',
    effective_cache_size: `${Math.max(256, Math.round(memory / 2))}MB`,
    work_mem: '8MB',
    maintenance_work_mem: roomy ? '128MB' : '64MB',
    // An answer in the log has to survive a power cut: mail is acknowledged after its commit.
    fsync: options.durable ? 'on' : 'off',
    synchronous_commit: options.durable ? 'on' : 'off',
    full_page_writes: options.durable ? 'on' : 'off',
    wal_compression: 'on',
    max_wal_size: '1GB',
    min_wal_size: '80MB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    // Our queries are short; compiling them costs more than it saves.
    jit: 'off',
    // Tables that grow from nothing need to be known soon: plans are kept.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.05',
    timezone: quoted('UTC'),
    log_timezone: quoted('UTC'),
    // Failing statements are reported by who sent them. They carry people's data, which belongs into no log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: quoted('%m [%p] '),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  return `# Written by Sinew at each start. To change a setting for good, use ALTER SYSTEM.\n${lines.join('\n')}\n`
}

function listen(listening: Listening): Record<string, string> {
  if ('socketFolder' in listening) {
    return {
      listen_addresses: quoted(''),
      port: '5432',
      unix_socket_directories: quoted(listening.socketFolder),
      unix_socket_permissions: '0700',
    }
  }
  return { listen_addresses: quoted('127.0.0.1'), port: String(listening.loopbackPort), unix_socket_directories: quoted('') }
}
