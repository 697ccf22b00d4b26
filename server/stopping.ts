import { existsSync, readFileSync } from 'node:fs'

/** Turns Ctrl-C, SIGTERM and the end of any of the processes that keep us into one request to stop. */
export function stopRequested(keepers: readonly number[]): AbortSignal {
  const stopping = new AbortController()
  let asked = 0
  const ask = () => {
    // A terminal, npm and the launcher may all pass on the same Ctrl-C; only a later one means that somebody lost patience.
    if (asked > 0 && Date.now() - asked > 1000) process.exit(130)
    if (asked === 0) asked = Date.now()
    stopping.abort(new Error('Asked to stop.'))
  }
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  process.on('SIGHUP', ask)
  if (keepers.length > 0) whenOneEnds(keepers, ask)
  return stopping.signal
}

// Started by npm or an older Node's launcher, we must not outlive them when they are killed: nobody could reach us then.
function whenOneEnds(pids: readonly number[], act: () => void): void {
  const watch = setInterval(() => {
    if (pids.every(isAlive)) return
    clearInterval(watch)
    act()
  }, 300)
  watch.unref()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Ended, but not yet taken note of by its parent.
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code !== 'ESRCH' && (code !== 'ENOENT' || !existsSync('/proc/self/stat'))
  }
}

/** What has to be undone, last in, first out, each within its time. A part that fails or hangs does not keep the others. */
export function undoList(onError: (name: string, error: unknown) => void) {
  const parts: { name: string; undo: () => Promise<unknown> }[] = []
  return {
    add: (name: string, undo: () => Promise<unknown>) => parts.push({ name, undo }),
    run: async () => {
      for (const { name, undo } of parts.splice(0).reverse()) {
        await undo().catch((error: unknown) => onError(name, error))
      }
    },
  }
}

/** Waits for work, but not longer than this many milliseconds. Answers whether it ended in time. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([work.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}
