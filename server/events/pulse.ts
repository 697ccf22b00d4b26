/** A repeated deed: `poke` asks for it soon, `stop` waits until it rests. */
export type Pulse = { poke(): void; stop(): Promise<void>; resting(): boolean }

type Rhythm = {
  /** The fallback in ms: the deed is done at least this often, poked or not. */
  every: number
  /** The least time in ms between two starts, so that many pokes become one deed. */
  apart?: number
  failed: (error: unknown) => void
}

/**
 * Does `beat` after each poke, never twice at once; pokes that come meanwhile lead to one more. A beat that answers a
 * number wants to be called again after so many ms.
 */
export function startPulse(beat: () => Promise<number | undefined>, { every, apart = 0, failed }: Rhythm): Pulse {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let timerAt = Number.POSITIVE_INFINITY
  let started = 0

  const plan = (inMs: number) => {
    const at = performance.now() + inMs
    if (stopped || running || at >= timerAt) return
    clearTimeout(timer)
    timerAt = at
    timer = setTimeout(run, inMs)
    timer.unref()
  }
  const run = () => {
    clearTimeout(timer)
    timerAt = Number.POSITIVE_INFINITY
    if (stopped || running) return
    started = performance.now()
    again = false
    running = beat()
      .catch((error: unknown) => {
        failed(error)
        return Math.max(apart, 200)
      })
      .then((wanted) => {
        running = null
        plan(again ? rest() : (wanted ?? every))
      })
  }
  const rest = () => Math.max(0, started + apart - performance.now())

  plan(0)
  return {
    poke: () => {
      if (running) again = true
      else if (apart === 0 || rest() === 0) run()
      else plan(rest())
    },
    resting: () => !running && !again,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
