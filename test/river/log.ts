import pg from 'pg'

/**
 * The writers of these experiments. They insert into the log themselves, as nothing else may: the point is to hold a
 * transaction open between the insert that draws the id and its commit, which `transact` never does.
 */
export const insertEvent = `
  insert into event_log (name, subject_kind, subject_id, data, actor_kind, actor_id, at)
  values ('conversation.closed', 'conversation', $1, $2, 'system', 'experiment', now()) returning id`

/** A subject id for a small number. */
export const subject = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A connection of its own that is held through the steps of an interleaving. */
export async function connection(url: string, name = 'experiment') {
  const client = new pg.Client({ connectionString: url, application_name: name })
  client.on('error', () => undefined)
  await client.connect()
  const write = async (n: number, data: object = {}) => {
    const { rows } = await client.query<{ id: string }>(insertEvent, [subject(n), JSON.stringify(data)])
    return Number(rows[0]?.id)
  }
  const ids = async (text: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ id: string }>(text, values)
    return rows.map(({ id }) => Number(id))
  }
  return {
    run: (text: string, values: unknown[] = []) => client.query(text, values),
    write,
    ids,
    end: () => client.end(),
  }
}

/** Waits until some backend waits for an advisory lock: then its statement's snapshot is taken. */
export async function someoneWaits(it: Awaited<ReturnType<typeof connection>>): Promise<void> {
  const waiting =
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'"
  for (let tries = 0; tries < 500; tries++) {
    if ((await it.run(waiting)).rowCount) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('Nobody came to wait for the lock.')
}
