import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Me } from '../../contract/identity.ts'
import { receive } from './cache.ts'
import { type Connection, listen } from './stream.ts'

/** Keeps everything cached as fresh as the stream, and says how the stream stands. */
export function useLive(me: Me | undefined): Connection {
  const client = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  const personId = me?.person?.id
  const teams = me?.person?.teams.map((it) => it.id).join() ?? ''
  useEffect(() => {
    if (!personId) return
    const viewer = { personId, teamIds: teams.split(',') }
    const onConnection = (to: Connection) => {
      setConnection(to)
      // What we missed is told again by the stream; what failed meanwhile has to be asked for.
      if (to === 'live') void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
    }
    return listen(personId, { onFrame: (frame) => receive(client, viewer, frame), onConnection })
  }, [client, personId, teams])
  return connection
}
